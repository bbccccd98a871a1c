import { posix } from 'node:path';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { imageHomes } from './image-user.ts';

export interface Leftover {
  readonly kind: 'pip-cache' | 'apt-lists' | 'apt-archives' | 'apk-cache' | 'git' | 'venv' | 'logs' | 'data' | 'notes';
  readonly path: string;
}

/** Files that the final image holds and that no container needs. */
export async function imageLeftovers(view: LabView, image: ImageFacts): Promise<Leftover[]> {
  const homes = await imageHomes(view, image);
  const own = (name: string) => posix.join(image.workdir, name);
  const folders: [Leftover['kind'], string][] = [
    ...homes.map((home): [Leftover['kind'], string] => ['pip-cache', posix.join(home, '.cache/pip')]),
    ['apt-lists', '/var/lib/apt/lists'],
    ['apt-archives', '/var/cache/apt/archives'],
    ['apk-cache', '/var/cache/apk'],
    ['git', own('.git')],
    ['venv', own('.venv')],
    ['venv', own('venv')],
    ['logs', own('logs')],
    ['data', own('data')],
  ];
  const found: Leftover[] = [];
  for (const [kind, path] of folders) {
    const file = await view.images.firstFile(image.id, path);
    if (file !== null && !/\.gitkeep$|\/(lock|CACHEDIR\.TAG)$/.test(file)) found.push({ kind, path });
  }
  return found;
}
