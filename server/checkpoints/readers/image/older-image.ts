import { posix } from 'node:path';
import type { ContainerFacts, ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';

const COMPARED = /^(etl_pipeline\.py|src\/.+\.py|config\/.+\.ya?ml)$/;
const FILES = 40;

/** Files of the project that differ from those in a container's image, which was built before they changed. */
export async function changedSinceBuild(view: LabView, container: ContainerFacts): Promise<string[]> {
  const image = await view.engine.image(container.image);
  if (!image) return [];
  const paths = (await view.entries()).filter(({ kind, path }) => kind === 'file' && COMPARED.test(path)).slice(0, FILES);
  const changed = await Promise.all(
    paths.map(async ({ path }) => {
      const written = await view.file(path);
      return written !== null && (await isOlderInside(view, { image, container }, path, written)) ? path : null;
    }),
  );
  return changed.filter((path) => path !== null);
}

/** Whether the image has other text at a path of its working folder. A path below a mount shows what is mounted, and is no older. */
export async function isOlderInside(
  view: LabView,
  { image, container }: { readonly image: ImageFacts; readonly container: ContainerFacts },
  path: string,
  written: string,
): Promise<boolean> {
  const inside = posix.join(image.workdir || '/', path);
  if (container.mounts.some(({ target }) => inside === target || inside.startsWith(`${target}/`))) return false;
  const built = await view.images.text(image.id, inside);
  return built !== null && built.slice(0, written.length + 1) !== written;
}
