import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import type { FinalImage, Instruction } from '../dockerfile/model.ts';
import { readableDockerfile } from '../dockerfile/read-dockerfile.ts';
import { agreementOf } from './agreement.ts';

export type ImageReading =
  | { readonly state: 'absent' }
  | { readonly state: 'stale'; readonly image: ImageFacts; readonly differs: Instruction | 'base' | 'more' }
  | { readonly state: 'current'; readonly image: ImageFacts };

/** The image that the learner built from this Dockerfile, under whatever name; else the nearest one, built from an older version of it. */
export function readLearnerImage(view: LabView): Promise<ImageReading> {
  return view.once('learner-image', async () => {
    const { image: wanted } = await readableDockerfile(view);
    const base = await view.engine.image(wanted.base);
    const candidates = await readCandidates(view, wanted, base);
    const judged = candidates.map((image) => ({ image, ...agreementOf(image, wanted, base) }));
    const current = judged.filter((one) => one.differs === null).sort(byTagThenAge)[0];
    if (current) return { state: 'current', image: current.image };
    const stale = judged.filter((one) => one.shared > 0 || named(one.image)).sort(byTagThenAge)[0];
    return stale?.differs ? { state: 'stale', image: stale.image, differs: stale.differs } : { state: 'absent' };
  });
}

/** The image; throws `NotRead` where none was built from the Dockerfile as it is now. */
export async function learnerImage(view: LabView): Promise<ImageFacts> {
  const reading = await readLearnerImage(view);
  if (reading.state !== 'current') throw new NotRead('absent', 'image');
  return reading.image;
}

/** « etl:1.3 », or the beginning of the id of an image without name. */
export function imageName(image: ImageFacts): string {
  return image.tags[0] ?? image.id.replace('sha256:', '').slice(0, 12);
}

async function readCandidates(view: LabView, wanted: FinalImage, base: ImageFacts | null): Promise<ImageFacts[]> {
  const listed = (await view.engine.images()).filter((image) => image.id !== base?.id && !image.tags.includes(wanted.base));
  const read = await Promise.all(listed.map(async ({ id, tags }) => ({ tags, facts: await view.engine.image(id) })));
  return read.flatMap(({ tags, facts }) => (facts ? [{ ...facts, tags }] : []));
}

/** A name that the lesson, the brief or Compose gives to the pipeline's image. */
function named(image: ImageFacts): boolean {
  return image.tags.some((tag) => /(^|[/_-])etl([:_-]|$)/.test(tag));
}

type Judged = { readonly image: ImageFacts };
function byTagThenAge(a: Judged, b: Judged): number {
  return Number(b.image.tags.length > 0) - Number(a.image.tags.length > 0) || b.image.createdMs - a.image.createdMs;
}
