import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { OutputReport } from '../../../contract/lesson-report.ts';
import { readRecording } from '../../../contract/recording.ts';
import { packProject } from '../../projects/pack-project.ts';
import type { Project } from '../../projects/project.ts';
import { projectAfter, projectBefore } from '../../projects/project-states.ts';
import { agrees } from './normalise-output.ts';
import { EMPTY_ENGINE, type Scene } from './play.ts';
import { sideBySide } from './side-by-side.ts';

const OUTPUTS = fileURLToPath(new URL('../../../content/outputs/', import.meta.url));
/** Maximum time of a command: a build without cache on a busy machine. */
const COMMAND_MS = 600_000;
/** Maximum length of the shown output if it differs. */
const SHOWN = 2000;

export interface VerifyOptions {
  readonly scenes: readonly Scene[];
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

interface Recording {
  readonly lesson: string;
  readonly project: () => Promise<Project>;
  readonly file: string;
}

/** The recordings of a task, each with the project in which it is played: the solution. In 1.1 it is the starter, because the commands create the project. */
function recordingsOf(task: string): Recording[] {
  const first = task === '1.1';
  const project = () => (first ? projectBefore(task) : projectAfter(task));
  return (first ? ['bienvenue', task] : [task])
    .map((lesson) => ({ lesson, project, file: `${OUTPUTS}${lesson}.txt` }))
    .filter(({ file }) => existsSync(file));
}

/** Plays the recorded commands of the tasks' lessons again, in order, and compares the outputs with the recorded ones. */
export async function verifyOutputs(tasks: readonly string[], options: VerifyOptions): Promise<OutputReport[]> {
  const reports = await sideBySide(options.scenes, tasks.flatMap(recordingsOf), (scene, one) => playAgain(one, scene, options));
  return reports.flat();
}

async function playAgain(
  { lesson, project, file }: Recording,
  { agent }: Scene,
  { say, signal }: Omit<VerifyOptions, 'scenes'>,
): Promise<OutputReport[]> {
  const type = (command: string) =>
    agent.exec({ argv: ['bash', '-c', command], user: 'dataeng', cwd: '.', env: {}, timeoutMs: COMMAND_MS }, { signal });
  await type(`${EMPTY_ENGINE}docker image prune -af`);
  await agent.putTree(packProject(await project()));
  const reports: OutputReport[] = [];
  for (const { name, command, output } of readRecording(await readFile(file, 'utf8'))) {
    const { stdout: got } = await type(`{ ${command}\n} 2>&1`);
    if (name === undefined) continue;
    const ok = agrees(output, got);
    reports.push({ name: `${lesson}/${name}`, ok, ...(!ok && { got: got.slice(0, SHOWN) }) });
    say(`${ok ? '✓' : '✗'} ${lesson}/${name} : ${ok ? 'la leçon montre ce que la commande répond' : `« ${command} » répond autre chose`}`);
  }
  return reports;
}
