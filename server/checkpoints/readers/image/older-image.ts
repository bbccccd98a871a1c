import { posix } from 'node:path';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';

const COMPARED = /^(etl_pipeline\.py|src\/.+\.py|config\/.+\.ya?ml)$/;
const FILES = 40;

/** Files of the project that differ from those in the image that a container runs: it was built before they changed. */
export async function changedSinceBuild(view: LabView, container: ContainerFacts): Promise<string[]> {
  const image = await view.engine.image(container.image);
  if (!image) return [];
  const paths = (await view.entries()).filter(({ kind, path }) => kind === 'file' && COMPARED.test(path)).slice(0, FILES);
  const changed = await Promise.all(
    paths.map(async ({ path }) => {
      const inside = posix.join(image.workdir || '/', path);
      if (container.mounts.some(({ target }) => inside === target || inside.startsWith(`${target}/`))) return null;
      const [built, written] = await Promise.all([view.images.text(image.id, inside), view.file(path)]);
      return built !== null && written !== null && built.slice(0, written.length + 1) !== written ? path : null;
    }),
  );
  return changed.filter((path) => path !== null);
}
