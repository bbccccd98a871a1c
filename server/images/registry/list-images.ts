import type Docker from 'dockerode';
import { COURSE_IMAGES } from '../course/catalogue.ts';
import { COMPATIBLE_LABEL } from '../course/compatible-images.ts';
import type { PreparedImage, ServedImage } from '../definitions.ts';
import { MARK_PREFIX, registryTag } from './fill-registry.ts';
import { createRegistryApi } from './registry-api.ts';
import { findRegistry } from './registry-container.ts';
import type { RegistryNames } from './registry-names.ts';

/** The course's images, and whether labs can pull them. If the registry is not running: whether they can once it runs. */
export async function listImages(docker: Docker, names: RegistryNames): Promise<PreparedImage[]> {
  const running = await findRegistry(docker, names.container);
  // A cache of the public registry offers every tag; the size of an image is known once a lab has pulled it.
  if (running?.mode === 'pull-through') return courseNames().map((name) => ({ name, origin: 'official', sizeBytes: 0, ready: true }));
  const there = running === null ? await onEngine(docker) : await inRegistry(running.url);
  const known = new Set(there.map(({ name }) => name));
  const lacking = courseNames().filter((name) => !known.has(name));
  const all = [...there, ...lacking.map((name) => ({ name, origin: 'built' as const, sizeBytes: 0, ready: false }))];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The images that labs begin with and the running registry serves, under the names that the lessons use. A cache asks the public registry. */
export async function servedImages(docker: Docker, names: RegistryNames): Promise<ServedImage[]> {
  const running = await findRegistry(docker, names.container);
  if (running === null) return [];
  const api = createRegistryApi(running.url);
  const asked = COURSE_IMAGES.filter(({ pulledInLesson }) => !pulledInLesson).map(async ({ names: [name], later }) => {
    const { repository, tag } = registryTag(name);
    const digest = await api.digest(repository, tag);
    return digest === null ? [] : [{ name, digest, ...(later && { later }) }];
  });
  return (await Promise.all(asked)).flat();
}

async function inRegistry(url: string): Promise<PreparedImage[]> {
  const api = createRegistryApi(url);
  const all = await api.tags();
  const shown = all.filter(({ tag }) => !tag.startsWith(MARK_PREFIX));
  const images = shown.map(async ({ repository, tag }) => {
    const { size, compatible } = await api.content(repository, tag);
    const name = `${repository.replace(/^library\//, '')}:${tag}`;
    return { name, origin: compatible ? 'built' : 'official', sizeBytes: size, ready: true } as const;
  });
  return Promise.all(images);
}

async function onEngine(docker: Docker): Promise<PreparedImage[]> {
  const images = await docker.listImages({ filters: { label: [COMPATIBLE_LABEL] } });
  const newestFirst = images.sort((a, b) => b.Created - a.Created);
  return COURSE_IMAGES.flatMap(({ names }) => {
    const image = newestFirst.find(({ Labels }) => Labels[COMPATIBLE_LABEL] === names[0]);
    return image ? names.map((name) => ({ name, origin: 'built' as const, sizeBytes: image.Size, ready: true })) : [];
  });
}

function courseNames(): string[] {
  return COURSE_IMAGES.flatMap(({ names }) => names);
}
