import type { TrialRunResult } from '../../lab-engine/definitions.ts';
import type { Act } from '../act.ts';
import { imageDigest } from '../readers/image/image-digest.ts';
import { healthArgv } from '../readers/image/image-health.ts';
import { learnerImage } from '../readers/image/learner-image.ts';

/** Python's message if a program cannot even be loaded. The check then always fails, even when all is well. */
const BROKEN = /ModuleNotFoundError|ImportError|SyntaxError|IndentationError|NameError|can't open file|No module named|: not found$/m;
/** The engine's message if the image has no such `USER`. */
const NO_ACCOUNT = /unable to find (user|group)|no matching entries in/;
const LONGEST_MS = 30_000;

/** Runs the image's own health command without the pipeline and without a network, where it must fail. */
export const healthCheckAct: Act<TrialRunResult> = {
  name: 'health',
  version: 1,
  announce:
    'L’essai lance le bilan de santé dans un conteneur temporaire de votre image, sans réseau, pendant 30 s au plus ; rien ne reste ensuite.',
  usualMs: 10_000,
  digest: async (view) => imageDigest(view, await learnerImage(view)),
  async run(view) {
    const { id, shell, health } = await learnerImage(view);
    view.step('Le bilan de santé tourne dans un conteneur sans réseau');
    return view.engine.tryInside(view.trial, { image: id, argv: healthArgv(health ?? { test: [] }, shell), timeoutMs: LONGEST_MS });
  },
};

/**
 * What the run tells about the check. The check may run longer than its own `--timeout`: on a slow machine, one that
 * would succeed in the end must not count as one that fails.
 */
export function healthRunState({ code, output, timedOut }: TrialRunResult) {
  if (timedOut) return 'late';
  if (code === 0) return 'succeeds';
  if (code === 125) return NO_ACCOUNT.test(output) ? 'no-account' : 'no-start';
  if (code === 126 || code === 127) return 'tool-missing';
  return BROKEN.test(output) ? 'broken' : 'fails';
}
