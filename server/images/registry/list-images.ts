import type Docker from 'dockerode';
import { COURSE_IMAGES } from '../course/catalogue.ts';
import { COMPATIBLE_LABEL } from '../course/compatible-images.ts';
import type { PreparedImage } from '../definitions.ts';
import { MARK_PREFIX } from './fill-registry.ts';
import { createRegistryApi } from './registry-api.ts';
import { findRegistry } from './registry-container.ts';
import type { RegistryNames } from './registry-names.ts';

/** The images that labs can be sure to find; where the registry does not run, those it will be filled with. */
export async function listImages(docker: Docker, names: RegistryNames): Promise<PreparedImage[]> {
  const running = await findRegistry(docker, names.container);
  // In front of the public registry every tag is there; the size of one is known once a lab has pulled it.
  if (running?.mode === 'pull-through') return courseNames().map((name) => ({ name, origin: 'official', sizeBytes: 0 }));
  return running === null ? onEngine(docker) : inRegistry(running.url);
}

async function inRegistry(url: string): Promise<PreparedImage[]> {
  const api = createRegistryApi(url);
  const all = await api.tags();
  const shown = all.filter(({ tag }) => !tag.startsWith(MARK_PREFIX));
  const images = shown.map(async ({ repository, tag }) => {
    const { size, compatible } = await api.content(repository, tag);
    return { name: `${repository.replace(/^library\//, '')}:${tag}`, origin: compatible ? 'built' : 'official', sizeBytes: size } as const;
  });
  return (await Promise.all(images)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function onEngine(docker: Docker): Promise<PreparedImage[]> {
  const images = await docker.listImages({ filters: { label: [COMPATIBLE_LABEL] } });
  const newestFirst = images.sort((a, b) => b.Created - a.Created);
  return COURSE_IMAGES.flatMap(({ names }) => {
    const image = newestFirst.find(({ Labels }) => Labels[COMPATIBLE_LABEL] === names[0]);
    return image ? names.map((name) => ({ name, origin: 'built' as const, sizeBytes: image.Size })) : [];
  });
}

function courseNames(): string[] {
  return COURSE_IMAGES.flatMap(({ names }) => names);
}
