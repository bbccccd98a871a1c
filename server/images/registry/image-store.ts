import { contentHash } from '../build/build-context.ts';
import { IMAGE_LABEL } from '../build/engine-images.ts';
import { COURSE_IMAGES } from '../course/catalogue.ts';
import { compatibleReference } from '../course/compatible-images.ts';
import { withCertificates } from '../course/official-images.ts';
import type { ImageContext } from '../image-context.ts';
import { registryImageName } from './registry-image.ts';

/** Label value of a store's volume. */
export const STORE_ROLE = 'store';
export const STORE_LABELS = { [IMAGE_LABEL]: STORE_ROLE };

/**
 * The name of the volume that holds the course's images for a registry. It is derived from the images, so that all instances on this
 * machine that need the same content share one volume. It is filled once and belongs to no instance.
 */
export async function storeName(context: Pick<ImageContext, 'repoRoot' | 'host'>, origin: 'built' | 'official'): Promise<string> {
  const program = await registryImageName(context);
  if (origin === 'built') {
    const references = await Promise.all(COURSE_IMAGES.map((image) => compatibleReference(context, image)));
    return `escale-images-${contentHash([], [program, ...references])}`;
  }
  // The exact official images are known only after a pull, so the names are used: an engine has only one image per name.
  const names = COURSE_IMAGES.flatMap((image) => image.names);
  return `escale-images-${contentHash(withCertificates(context.host.extraCa ?? '', ''), [program, ...names])}`;
}
