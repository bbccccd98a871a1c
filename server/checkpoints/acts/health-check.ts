import type { TrialRunResult } from '../../lab-engine/definitions.ts';
import type { Act } from '../act.ts';
import { healthArgv } from '../readers/image/image-health.ts';
import { learnerImage } from '../readers/image/learner-image.ts';

/** What Python says of a program that could not even be read: the check then fails for ever, also when all is well. */
const BROKEN = /ModuleNotFoundError|ImportError|SyntaxError|IndentationError|NameError|can't open file|No module named|: not found$/m;
/** What the engine says of a `USER` that the image does not have. */
const NO_ACCOUNT = /unable to find (user|group)|no matching entries in/;
const LONGEST_MS = 30_000;

/** Runs the image's own health command where the pipeline does not run and nothing can be reached: it has to fail. */
export const healthCheckAct: Act<TrialRunResult> = {
  name: 'health',
  version: 1,
  announce:
    'L’essai lance le bilan de santé dans un conteneur temporaire de votre image, sans réseau, pendant 30 s au plus ; rien ne reste ensuite.',
  digest: async (view) => (await learnerImage(view)).id,
  async run(view) {
    const { id, shell, health } = await learnerImage(view);
    return view.engine.tryInside(view.trial, { image: id, argv: healthArgv(health ?? { test: [] }, shell), timeoutMs: LONGEST_MS });
  },
};

/**
 * What the run says of the check. It is given longer than its own `--timeout`: a check that would say yes in the end
 * must not pass for one that fails, because the machine is slow.
 */
export function healthRunState({ code, output, timedOut }: TrialRunResult) {
  if (timedOut) return 'late';
  if (code === 0) return 'succeeds';
  if (code === 125) return NO_ACCOUNT.test(output) ? 'no-account' : 'no-start';
  if (code === 126 || code === 127) return 'tool-missing';
  return BROKEN.test(output) ? 'broken' : 'fails';
}
