import type Docker from 'dockerode';
import { readEngineProgress } from '../build/engine-progress.ts';
import type { NamedImage } from '../course/compatible-images.ts';
import type { RegistryApi } from './registry-api.ts';

/** Prefix of the tag that identifies the image behind the other tags of a repository; never shown. */
export const MARK_PREFIX = 'escale-';

interface RegistryTag {
  readonly repository: string;
  readonly tag: string;
}

/** `python:3.11-slim`, in the form in which an engine requests it from a mirror of the public registry. */
export function registryTag(name: string): RegistryTag {
  const separator = name.lastIndexOf(':');
  const repository = name.slice(0, separator);
  return { repository: repository.includes('/') ? repository : `library/${repository}`, tag: name.slice(separator + 1) };
}

/** Whether the registry lacks one of the image's names, or holds another version under it. */
export async function isLacking(api: RegistryApi, image: NamedImage): Promise<boolean> {
  const digests = await Promise.all(allTags(image).map(({ repository, tag }) => api.digest(repository, tag)));
  return digests.includes(null) || new Set(digests).size > 1;
}

/**
 * Pushes an image under all its names, with the identifying tag last: it exists only if the others do. `host` is a writable registry on
 * this machine.
 */
export async function pushImage(docker: Docker, host: string, image: NamedImage, signal: AbortSignal): Promise<void> {
  for (const { repository, tag } of allTags(image)) {
    const repo = `${host}/${repository}`;
    await docker.getImage(image.reference).tag({ repo, tag });
    const alias = docker.getImage(`${repo}:${tag}`);
    try {
      // The engine requires credentials for every push; this registry needs none.
      const answer = await alias.push({ tag, authconfig: { username: '', password: '', serveraddress: host }, abortSignal: signal });
      await readEngineProgress(answer, `Dépôt de ${image.names[0] ?? image.reference} dans le registre des labos`);
    } finally {
      await alias.remove({ noprune: true });
    }
  }
}

function allTags({ names, reference }: NamedImage): RegistryTag[] {
  const tags = names.map(registryTag);
  const mark = tags
    .slice(0, 1)
    .map(({ repository }) => ({ repository, tag: `${MARK_PREFIX}${reference.slice(reference.lastIndexOf(':') + 1)}` }));
  return [...tags, ...mark];
}
