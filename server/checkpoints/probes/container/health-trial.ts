import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { healthArgv } from '../image/image-health.ts';

export type HealthTrial =
  | { readonly state: 'fails'; readonly code: number; readonly output: string }
  | { readonly state: 'late' }
  | { readonly state: 'succeeds'; readonly output: string }
  | { readonly state: 'tool-missing' | 'broken' | 'no-account' | 'no-start'; readonly code: number; readonly output: string };

/** What Python says of a program that could not even be read: the check then fails for ever, also when all is well. */
const BROKEN = /ModuleNotFoundError|ImportError|SyntaxError|IndentationError|NameError|can't open file|No module named|: not found$/m;
/** What the engine says of a `USER` that the image does not have. */
const NO_ACCOUNT = /unable to find (user|group)|no matching entries in/;
const LONGEST_MS = 30_000;

/**
 * Runs the image's own health command where the pipeline does not run and nothing can be reached: it has to fail. It is given longer than its
 * own `--timeout`: a check that would say yes in the end must not pass for one that fails, because the machine is slow.
 */
export async function tryHealth(view: LabView, image: ImageFacts): Promise<HealthTrial> {
  const { health } = image;
  if (!health) throw new Error('this criterion must need 1.3/healthcheck');
  const argv = healthArgv(health, image.shell);
  const run = await view.engine.tryInside(view.trial, { image: image.id, argv, timeoutMs: LONGEST_MS });
  const { code, output } = run;
  if (run.timedOut) return { state: 'late' };
  if (code === 0) return { state: 'succeeds', output };
  if (code === 125) return { state: NO_ACCOUNT.test(output) ? 'no-account' : 'no-start', code, output };
  if (code === 126 || code === 127) return { state: 'tool-missing', code, output };
  return { state: BROKEN.test(output) ? 'broken' : 'fails', code, output };
}
