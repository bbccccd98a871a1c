import type { TrialRunResult } from '../../lab-engine/definitions.ts';
import type { Act } from '../act.ts';
import { imageDigest } from '../readers/image/image-digest.ts';
import { healthArgv } from '../readers/image/image-health.ts';
import { learnerImage } from '../readers/image/learner-image.ts';
import { type HealthBeside, healthBeside } from './sandbox/health-beside.ts';

/** Python's message if a program cannot even be loaded. The check then always fails, even when all is well. */
const BROKEN = /ModuleNotFoundError|ImportError|SyntaxError|IndentationError|NameError|can't open file|No module named|: not found$/m;
/** The engine's message if the image has no such `USER`. */
const NO_ACCOUNT = /unable to find (user|group)|no matching entries in/;
const LONGEST_MS = 30_000;

export interface HealthOutcome {
  /** Without the pipeline and without a network. */
  readonly alone: TrialRunResult;
  /** Beside a database that answers. Null if it did not fail alone, or where no trial can set a source. */
  readonly beside: HealthBeside | null;
}

/** Runs the image's own health command where it must fail, without the pipeline and without a network, and where it must succeed. */
export const healthCheckAct: Act<HealthOutcome> = {
  name: 'health',
  version: 2,
  announce:
    'L’essai lance le bilan de santé dans un conteneur temporaire de votre image : sans réseau, puis à côté d’une base neuve, pendant que votre programme tourne. Il prend une demi-minute environ ; vos conteneurs, vos volumes et vos données ne sont pas touchés, et rien ne reste ensuite.',
  usualMs: 30_000,
  digest: async (view) => imageDigest(view, await learnerImage(view)),
  async run(view) {
    const image = await learnerImage(view);
    const argv = healthArgv(image.health ?? { test: [] }, image.shell);
    view.step('Le bilan de santé tourne dans un conteneur sans réseau');
    const alone = await view.engine.tryInside(view.trial, { image: image.id, argv, timeoutMs: LONGEST_MS });
    const failed = ['fails', 'late'].includes(healthRunState(alone));
    return { alone, beside: failed && view.environment !== null ? await healthBeside(view, image, argv) : null };
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
