import { join } from 'node:path';
import { debianImage } from '../base/debian-image.ts';
import { contentHash, contextFolder } from '../build/build-context.ts';
import { compatibleImages, type NamedImage } from '../course/compatible-images.ts';
import { officialImagesWithCertificates } from '../course/official-images.ts';
import { hostFiles } from '../host/host-files.ts';
import { proxyBuildArgs } from '../host/proxy-variables.ts';
import type { ImageContext } from '../image-context.ts';
import { lackingImages, pushImage } from './fill-registry.ts';
import { createRegistryApi } from './registry-api.ts';
import { removeContainer, startRegistry } from './registry-container.ts';
import { REGISTRY_PORT, type RegistryNames } from './registry-names.ts';

/** The public registry, as a cache asks it. */
const PUBLIC_REGISTRY = 'https://registry-1.docker.io';

/** Storage folders in the volume: what was put there, and what a cache brought, never mix. */
const STORAGE = '/var/lib/docker-registry';
const FILLED = { REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: `${STORAGE}/filled` };
const READ_ONLY = { REGISTRY_STORAGE_MAINTENANCE_READONLY: '{"enabled":true}' };

/** What the registry serves: its own store, or a cache in front of another registry. */
export type RegistryContent =
  | { readonly kind: 'filled'; readonly images: readonly NamedImage[] }
  | { readonly kind: 'pull-through'; readonly remote: string };

/** Official images where the public registry answers, ours where it does not. */
export async function chooseContent(
  context: ImageContext,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<RegistryContent> {
  const { registry, host } = context;
  if (!(await registry.reachable(signal))) return { kind: 'filled', images: await compatibleImages(context, progress, signal) };
  if (host.extraCa === null) return { kind: 'pull-through', remote: PUBLIC_REGISTRY };
  return { kind: 'filled', images: await officialImagesWithCertificates(context, host.extraCa, progress, signal) };
}

/** Runs the registry with that content; answers `name:port` as containers on its network know it. Labs can only read from it. */
export async function serveRegistry(
  context: ImageContext,
  names: RegistryNames,
  content: RegistryContent,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const image = await registryImage(context, progress, signal);
  const run = (name: string, mode: 'filled' | 'pull-through' | 'filling', environment: Record<string, string>): Promise<string> =>
    startRegistry(context.docker, names, { name, image, mode, environment }, signal);
  if (content.kind === 'pull-through') {
    const cache = { REGISTRY_PROXY_REMOTEURL: content.remote, REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: `${STORAGE}/cache` };
    await run(names.container, 'pull-through', { ...context.host.proxy, ...cache });
  } else {
    const url = await run(names.container, 'filled', { ...FILLED, ...READ_ONLY });
    const lacking = await lackingImages(createRegistryApi(url), content.images);
    if (lacking.length > 0) await fill(lacking);
  }
  return `${names.container}:${REGISTRY_PORT}`;

  // A second container on the same store takes the writes, on this machine's loopback only: the one that labs reach never does.
  async function fill(lacking: readonly NamedImage[]): Promise<void> {
    try {
      const url = await run(names.filler, 'filling', FILLED);
      for (const one of lacking) {
        progress(`${one.names[0] ?? one.reference} : dépôt dans le registre des labs`);
        await pushImage(context.docker, new URL(url).host, one, signal);
      }
    } finally {
      await removeContainer(context.docker, names.filler);
    }
  }
}

async function registryImage(context: ImageContext, progress: (line: string) => void, signal: AbortSignal): Promise<string> {
  const { images, host, repoRoot } = context;
  const files = [...(await contextFolder(join(repoRoot, 'lab-stack/images/registry'), '')), ...(await hostFiles(host, 'trixie', 'host'))];
  const tag = `escale/registry:${contentHash(files)}`;
  if (await images.has(tag)) return tag;
  const base = await debianImage({ ...context, apt: host.apt }, 'trixie', progress, signal);
  const begin = Date.now();
  progress('Registre des labs …');
  await images.build(
    { tag, files, role: 'registry', title: 'Registre des labs', buildArgs: { BASE: base, ...proxyBuildArgs(host.proxy) } },
    signal,
  );
  progress(`Registre des labs : ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  return tag;
}
