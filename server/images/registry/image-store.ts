import { contentHash } from '../build/build-context.ts';
import { IMAGE_LABEL } from '../build/engine-images.ts';
import { COURSE_IMAGES } from '../course/catalogue.ts';
import { compatibleReference } from '../course/compatible-images.ts';
import { withCertificates } from '../course/official-images.ts';
import type { ImageContext } from '../image-context.ts';
import { registryImageName } from './registry-image.ts';

/** What a store is labelled as, among all that is named by its content. */
export const STORE_ROLE = 'store';
export const STORE_LABELS = { [IMAGE_LABEL]: STORE_ROLE };

/**
 * The volume that holds the course's images as a registry serves them. Named by the images themselves, so that all instances of this
 * machine share it that would fill it with the same: it is made once, and belongs to none of them.
 */
export async function storeName(context: Pick<ImageContext, 'repoRoot' | 'host'>, origin: 'built' | 'official'): Promise<string> {
  const program = await registryImageName(context);
  if (origin === 'built') {
    const references = await Promise.all(COURSE_IMAGES.map((image) => compatibleReference(context, image)));
    return `escale-images-${contentHash([], [program, ...references])}`;
  }
  // Which official images they are is known once they are pulled; one engine has one of each name.
  const names = COURSE_IMAGES.flatMap((image) => image.names);
  return `escale-images-${contentHash(withCertificates(context.host.extraCa ?? '', ''), [program, ...names])}`;
}
