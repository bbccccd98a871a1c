import { createHash } from 'node:crypto';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { readableDockerfile } from '../dockerfile/read-dockerfile.ts';
import { copiedPlaces } from './copied-places.ts';
import { readStep } from './history.ts';

/** Instructions that decide what the image holds, besides what they copy. */
const MAKES = ['RUN', 'SHELL', 'USER', 'WORKDIR'];
const CACHES = /(^|\/)__pycache__(\/|$)/;
/** What a run wrote into the project before it was copied whole. */
const CACHES_AND_RUNS = /(^|\/)__pycache__(\/|$)|^[^/]+\/(logs|data\/(raw|processed))\/[^.]/;

/**
 * Digest of what a command in the learner's image depends on: its settings, what its Dockerfile runs, and the files that it copies, as
 * they are in the image. A later build of the same has the same digest, whatever its id, name and dates. If the image does not keep all
 * that its build used, its layers count instead, which no build from nothing makes again.
 */
export async function imageDigest(view: LabView, image: ImageFacts): Promise<string> {
  const { env, user, workdir, shell, health } = image;
  const made = (await madeOf(view, image)) ?? (await view.images.layers(image.id));
  return createHash('sha256')
    .update(JSON.stringify([[...env].sort(), user, workdir, shell, health?.test ?? [], made]))
    .digest('hex');
}

async function madeOf(view: LabView, image: ImageFacts): Promise<unknown[] | null> {
  const { base, instructions } = (await readableDockerfile(view)).image;
  const places = await copiedPlaces(view, image, instructions);
  if (places === null) return null;
  const digests = await Promise.all(
    places.map((place) => view.images.digest(image.id, place, place === image.workdir ? CACHES_AND_RUNS : CACHES)),
  );
  if (digests.includes(null)) return null;
  const made = instructions.filter(({ keyword }) => MAKES.includes(keyword)).map(({ keyword, text }) => [keyword, text]);
  const given = image.history.flatMap(({ createdBy }) => readStep(createdBy).args);
  return [base, made, given, places, digests];
}
