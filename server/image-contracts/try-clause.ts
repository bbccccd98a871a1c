import type { LabAgent } from '../labs/agents/definitions.ts';
import type { Clause } from './read-contract.ts';

export interface ClauseResult {
  readonly title: string;
  readonly ok: boolean;
  /** What was seen instead; empty when the clause holds. */
  readonly said: string;
  readonly tookMs: number;
}

/** A clause may build on the image and start it several times, on a busy machine. */
const CLAUSE_MS = 600_000;
const PULL_MS = 300_000;
const KEPT_CHARACTERS = 600;

type Shell = Pick<LabAgent, 'exec'>;

/** Pulls the image in a lab as a learner does, which is part of the contract. */
export function tryPull(shell: Shell, image: string, signal: AbortSignal): Promise<ClauseResult> {
  return play(shell, { title: `docker pull ${image}`, argv: ['docker', 'pull', '-q', image], image, timeoutMs: PULL_MS, signal });
}

/** Checks a clause on an image that the lab has. */
export function tryClause(shell: Shell, image: string, { title, script }: Clause, signal: AbortSignal): Promise<ClauseResult> {
  return play(shell, { title, argv: ['bash', '-c', script], image, timeoutMs: CLAUSE_MS, signal });
}

interface Play {
  readonly title: string;
  readonly argv: string[];
  readonly image: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

async function play(shell: Shell, { title, argv, image, timeoutMs, signal }: Play): Promise<ClauseResult> {
  const began = performance.now();
  const { code, stdout, stderr } = await shell.exec({ argv, user: 'dataeng', cwd: '.', env: { IMAGE: image }, timeoutMs }, { signal });
  const said = code === 0 ? '' : `${stdout}\n${stderr}`.trim().slice(-KEPT_CHARACTERS);
  return { title, ok: code === 0, said, tookMs: performance.now() - began };
}
