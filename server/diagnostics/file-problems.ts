import { posix } from 'node:path';
import { FILE_PROBLEMS, type FileProblem, type FileProblems } from '../../contract/files.ts';
import { EscaleError } from '../errors/escale-error.ts';
import type { ExecResult, LabAgent } from '../labs/agents/definitions.ts';
import { composeProblems } from './compose-problems.ts';
import { hadolintProblems } from './hadolint-problems.ts';

const TIME_MS = 15_000;
const OUTPUT_BYTES = 256 * 1024;
const NOT_FOUND = 127;

const DOCKERFILE = /^(?:(?:Dockerfile|Containerfile)(?:\..+)?|.+\.[Dd]ockerfile)$/;
const COMPOSE = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;
/** An override is incomplete alone: it is read together with the file that it completes. */
const OVERRIDE = /^(?:docker-)?compose\.override\.ya?ml$/;

/** The problems that the lab's linters report for a saved file. They run as the learner, who can forge their output. */
export async function fileProblems(agent: LabAgent, path: string): Promise<FileProblems> {
  const name = posix.basename(path);
  if (DOCKERFILE.test(name)) return { by: 'hadolint', problems: bounded(await hadolint(agent, path)) };
  if (COMPOSE.test(name)) return { by: 'compose', problems: bounded(await compose(agent, path)) };
  return { by: null, problems: [] };
}

async function hadolint(agent: LabAgent, path: string): Promise<FileProblem[]> {
  const result = await run(agent, path, ['hadolint', '--no-fail', '--format', 'json', '--', `./${posix.basename(path)}`]);
  return hadolintProblems(result.stdout) ?? Promise.reject(notChecked('hadolint'));
}

async function compose(agent: LabAgent, path: string): Promise<FileProblem[]> {
  const name = posix.basename(path);
  const file = OVERRIDE.test(name) ? [] : ['-f', `./${name}`];
  const [result, { text }] = await Promise.all([
    run(agent, path, ['docker', 'compose', ...file, '--profile', '*', 'config', '--quiet']),
    agent.readFile(path),
  ]);
  return composeProblems({ text: text ?? '', output: result.stderr, failed: result.code !== 0 });
}

/** Runs in the file's own folder, where both programs look for their settings. */
async function run(agent: LabAgent, path: string, argv: string[]): Promise<ExecResult> {
  const result = await agent.exec(
    { argv, user: 'dataeng', cwd: posix.dirname(path), env: {}, timeoutMs: TIME_MS },
    { maxBytes: OUTPUT_BYTES },
  );
  if (result.timedOut || result.code === NOT_FOUND) throw notChecked(argv[0] ?? '');
  return result;
}

function bounded(problems: readonly FileProblem[]): FileProblem[] {
  return problems.slice(0, FILE_PROBLEMS);
}

function notChecked(program: string): EscaleError {
  return new EscaleError('unavailable', 'unavailable.linter', {
    message: `« ${program} » n’a pas pu regarder ce fichier.`,
    hint: 'Enregistrez de nouveau dans un moment : le labo est peut-être très occupé.',
  });
}
