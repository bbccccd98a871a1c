import type { Criterion } from '../../definitions.ts';
import { cacheOrder } from './cache-order.ts';
import { dockerfile } from './dockerfile.ts';
import { entryPoint } from './entry-point.ts';
import { healthcheck } from './healthcheck.ts';
import { healthcheckTrial } from './healthcheck-trial.ts';
import { image } from './image.ts';
import { noSecret } from './no-secret.ts';
import { nonRoot } from './non-root.ts';
import { slimBase } from './slim-base.ts';
import { smallImage } from './small-image.ts';

/** 1.3, the Dockerfile: a slim base, the cache's order, an account without privilege, a health check, a small image. */
export const task13: readonly Criterion[] = [
  dockerfile,
  slimBase,
  cacheOrder,
  image,
  smallImage,
  entryPoint,
  nonRoot,
  noSecret,
  healthcheck,
  healthcheckTrial,
];
