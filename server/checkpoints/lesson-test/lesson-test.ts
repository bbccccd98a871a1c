import type { LessonReport } from '../../../contract/lesson-report.ts';
import { knownTasks } from '../catalogue.ts';
import { type Choice, choosePlays } from './choose-plays.ts';
import { failedOf, isAsExpected } from './judge-play.ts';
import { isLive, listPlays, type Play } from './list-plays.ts';
import { type Played, play, type Scene } from './play.ts';
import { writeRecording } from './recorded-play.ts';
import { repeatOnce } from './repeat-once.ts';
import { sideBySide } from './side-by-side.ts';
import { toReport } from './to-report.ts';
import { verifyOutputs } from './verify-outputs.ts';

export interface LessonTestOptions extends Choice {
  /** Each plays what the others leave: a play waits more than it works. */
  readonly scenes: readonly Scene[];
  /** Only what the lessons show of the terminal. */
  readonly outputs?: boolean | undefined;
  /** Keeps what each right play read, for the unit tests. */
  readonly record?: boolean | undefined;
  /** Empty: every task that has criteria. */
  readonly tasks: readonly string[];
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Plays the starter, the solution, and each known mistake and variant of the tasks in real labs, and compares their verdicts with what they should be. */
export async function lessonTest(options: LessonTestOptions): Promise<LessonReport> {
  const started = performance.now();
  const tasks = options.tasks.length > 0 ? options.tasks : knownTasks();
  const plays = options.outputs ? [] : choosePlays(await listPlays(tasks), options);
  let done = 0;
  let unrecorded = 0;
  const empty = new Set<Scene>();
  const outcomes = await sideBySide(options.scenes, plays, async (scene, one) => {
    options.signal.throwIfAborted();
    const began = performance.now();
    const attempt = async () => {
      const attempted = performance.now();
      const played = await play(one, scene, empty.has(scene), options.signal);
      if (isLive(one)) empty.delete(scene);
      else empty.add(scene);
      options.say(`${done + 1}/${plays.length} ${told(one, played, performance.now() - attempted)}`);
      return played;
    };
    const { answer, flaky } = await repeatOnce(attempt, ({ verdicts }) => isAsExpected(one, verdicts));
    if (options.record && isAsExpected(one, answer.verdicts) && !(await record(one, answer, options.say))) unrecorded += 1;
    done += 1;
    return { play: one, verdicts: answer.verdicts, tookMs: performance.now() - began, flaky };
  });
  const report = toReport(outcomes, 0);
  const whole = options.only === undefined && !options.quick;
  const outputs = options.outputs || whole ? await verifyOutputs(shareOf(tasks, options), options) : undefined;
  const wrong = report.wrong + unrecorded + (outputs ?? []).filter(({ ok }) => !ok).length;
  return { ...report, ...(outputs && { outputs }), wrong, tookMs: performance.now() - started };
}

/** Says why a play could not be recorded. */
async function record(one: Play, played: Played, say: (line: string) => void): Promise<boolean> {
  const problem = await writeRecording(one, played);
  if (problem !== null) say(`✗ ${one.name} : ${problem}`);
  return problem === null;
}

/** Recordings are dealt to shares by task. */
function shareOf(tasks: readonly string[], { shard }: Choice): readonly string[] {
  return tasks.filter((_task, index) => shard === undefined || index % shard.of === shard.index - 1);
}

function told(one: Play, { verdicts, exit }: Played, tookMs: number): string {
  const mark = isAsExpected(one, verdicts) ? '✓' : '✗';
  const failed = failedOf(verdicts).map(({ criterion, code }) => `${criterion} ${code}`);
  const typed = exit === 0 ? '' : `, code ${exit}`;
  return `${mark} ${one.tasks.join(' ')} ${one.name} : ${failed.join(', ') || 'rien ne manque'} (${Math.round(tookMs / 100) / 10} s${typed})`;
}
