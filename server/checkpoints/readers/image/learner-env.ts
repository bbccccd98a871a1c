import type { LabView } from '../../definitions.ts';
import { readDockerfile } from '../dockerfile/read-dockerfile.ts';
import { readLearnerImage } from './learner-image.ts';

/** The variables of the learner's image, `NAME=value`; none where there is no such image. */
export async function learnerEnv(view: LabView): Promise<readonly string[]> {
  if ((await readDockerfile(view)).state !== 'readable') return [];
  const reading = await readLearnerImage(view);
  return reading.state === 'absent' ? [] : reading.image.env;
}

/** Where the program of the learner's image runs; null where there is no image of this Dockerfile. */
export async function learnerWorkdir(view: LabView): Promise<string | null> {
  if ((await readDockerfile(view)).state !== 'readable') return null;
  const reading = await readLearnerImage(view);
  return reading.state === 'current' ? reading.image.workdir || '/' : null;
}
