import type { Failed, LessonReport } from '../../../contract/lesson-report.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { LabAgent } from '../../agents/definitions.ts';
import { packProject } from '../../projects/pack-project.ts';
import type { Project } from '../../projects/project.ts';
import { projectAfter, projectBefore } from '../../projects/project-states.ts';
import { knownTasks } from '../catalogue.ts';
import type { Checker } from '../definitions.ts';
import { failedOf, isAccepted, isNamed } from './judge-case.ts';
import { type LessonCase, readCases } from './read-cases.ts';

export interface LessonTestOptions {
  /** Empty: every task that has criteria. */
  readonly tasks: readonly string[];
  /** Only the cases whose name holds this. */
  readonly only?: string;
  /** A lab that nobody else uses: its project is replaced again and again. */
  readonly agent: LabAgent;
  readonly checker: Checker;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What a learner types to finish a task. A case may fail here: that is then what its verdicts tell. */
const COMMANDS: Record<string, readonly string[]> = { '1.3': ['docker build -q -t etl .'] };
const COMMAND_MS = 300_000;
const FORGET_IMAGE = 'docker image rm -f etl >/dev/null 2>&1 || true';

/** Plays the starter, the solution, and each known mistake and variant of the tasks in a real lab, and compares their verdicts with what they should be. */
export async function lessonTest(options: LessonTestOptions): Promise<LessonReport> {
  const started = performance.now();
  const tasks = options.tasks.length > 0 ? options.tasks : knownTasks();
  const reports: LessonReport['tasks'] = [];
  for (const task of tasks) reports.push(await testTask(task, options));
  const wrong = reports
    .flatMap(({ starter, solution, mistakes, variants }) => [starter, solution, ...mistakes, ...variants])
    .filter(({ ok }) => !ok).length;
  return { tasks: reports, wrong, tookMs: performance.now() - started };
}

async function testTask(task: string, options: LessonTestOptions): Promise<LessonReport['tasks'][number]> {
  const wanted = (one: LessonCase) => !options.only || one.name.includes(options.only);
  const starter = await play(task, { name: 'départ', project: await projectBefore(task), commands: [FORGET_IMAGE] }, options);
  const solution = await play(task, { name: 'solution', project: await projectAfter(task) }, options);
  const mistakes: LessonReport['tasks'][number]['mistakes'] = [];
  for (const mistake of (await readCases('mistakes', task)).filter(wanted)) {
    const verdicts = await play(task, mistake, options);
    const expected = mistake.fails.map(({ criterion, code }): Failed => ({ criterion, code }));
    mistakes.push({ name: mistake.name, expected, got: failedOf(verdicts), ok: isNamed(mistake, verdicts) });
  }
  const variants: LessonReport['tasks'][number]['variants'] = [];
  for (const variant of (await readCases('variants', task)).filter(wanted)) {
    const verdicts = await play(task, variant, options);
    variants.push({ name: variant.name, got: failedOf(verdicts), ok: isAccepted(variant, verdicts) });
  }
  return {
    task,
    starter: { ok: starter.every(({ verdict }) => verdict !== 'met'), got: failedOf(starter) },
    solution: { ok: solution.every(({ verdict }) => verdict === 'met'), got: failedOf(solution) },
    mistakes,
    variants,
  };
}

interface Played {
  readonly name: string;
  readonly project: Project;
  readonly commands?: readonly string[] | undefined;
}

async function play(
  task: string,
  { name, project, commands }: Played,
  { agent, checker, say, signal }: LessonTestOptions,
): Promise<Verdict[]> {
  signal.throwIfAborted();
  const began = performance.now();
  await agent.putTree(packProject(project));
  const script = [FORGET_IMAGE, ...(commands ?? COMMANDS[task] ?? [])].join('\n');
  const typed = await agent.exec({ argv: ['bash', '-c', script], user: 'dataeng', cwd: '.', env: {}, timeoutMs: COMMAND_MS }, { signal });
  const verdicts = await checker.check([task], { trials: true, waitMs: 30_000, signal });
  const failed = failedOf(verdicts).map(({ code }) => code);
  say(
    `${task} ${name} : ${failed.join(', ') || 'tout est atteint'} (${Math.round(performance.now() - began)} ms${typed.code === 0 ? '' : `, code ${typed.code}`})`,
  );
  return verdicts;
}
