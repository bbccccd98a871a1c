import { join } from 'node:path';
import { debianImage } from '../base/debian-image.ts';
import { contentHash, contextFolder } from '../build/build-context.ts';
import type { CourseImage } from '../course/catalogue.ts';
import { compatibleImage, type NamedImage } from '../course/compatible-images.ts';
import { officialImageWithCertificates } from '../course/official-images.ts';
import { hostFiles } from '../host/host-files.ts';
import { proxyBuildArgs } from '../host/proxy-variables.ts';
import type { ImageContext } from '../image-context.ts';
import { isLacking, pushImage } from './fill-registry.ts';
import { createRegistryApi } from './registry-api.ts';
import { removeContainer, startRegistry } from './registry-container.ts';
import { REGISTRY_PORT, type RegistryNames } from './registry-names.ts';

/** The public registry, as a cache asks it. */
const PUBLIC_REGISTRY = 'https://registry-1.docker.io';

/** Storage folders in the volume: what was put there, and what a cache brought, never mix. */
const STORAGE = '/var/lib/docker-registry';
const FILLED = { REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: `${STORAGE}/filled` };
const READ_ONLY = { REGISTRY_STORAGE_MAINTENANCE_READONLY: '{"enabled":true}' };

/** What the registry serves: its own store, filled image by image, or a cache in front of another registry. */
export type RegistryContent =
  | { readonly kind: 'filled'; readonly with: 'built' | 'official' }
  | { readonly kind: 'pull-through'; readonly remote: string };

/** A registry that runs, as containers on its network and as this machine know it. */
export interface ServedRegistry {
  /** `name:port`. */
  readonly address: string;
  readonly url: string;
  readonly content: RegistryContent;
}

/** Official images where the public registry answers, ours where it does not. */
export async function chooseContent({ registry, host }: ImageContext, signal: AbortSignal): Promise<RegistryContent> {
  if (!(await registry.reachable(signal))) return { kind: 'filled', with: 'built' };
  return host.extraCa === null ? { kind: 'pull-through', remote: PUBLIC_REGISTRY } : { kind: 'filled', with: 'official' };
}

/** Runs the registry for that content. Labs can only read from it. */
export async function serveRegistry(
  context: ImageContext,
  names: RegistryNames,
  content: RegistryContent,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<ServedRegistry> {
  const image = await registryImage(context, progress, signal);
  const cache = { REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: `${STORAGE}/cache` };
  const environment =
    content.kind === 'pull-through'
      ? { ...context.host.proxy, ...cache, REGISTRY_PROXY_REMOTEURL: content.remote }
      : { ...FILLED, ...READ_ONLY };
  const url = await startRegistry(context.docker, names, { name: names.container, image, mode: content.kind, environment }, signal);
  return { address: `${names.container}:${REGISTRY_PORT}`, url, content };
}

/** Makes an image of the course where it is missing and puts it into a registry that is filled; a cache brings it itself. */
export async function supplyImage(
  context: ImageContext,
  names: RegistryNames,
  { url, content }: ServedRegistry,
  wanted: CourseImage,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (content.kind === 'pull-through') return;
  const { extraCa } = context.host;
  const made =
    content.with === 'official' && extraCa !== null
      ? await officialImageWithCertificates(context, wanted, extraCa, progress, signal)
      : await compatibleImage(context, wanted, progress, signal);
  if (await isLacking(createRegistryApi(url), made)) await fill(context, names, made, progress, signal);
}

/** A second container on the same store takes the writes, on this machine's loopback only: the one that labs reach never does. */
async function fill(
  context: ImageContext,
  names: RegistryNames,
  made: NamedImage,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const image = await registryImage(context, progress, signal);
    const url = await startRegistry(context.docker, names, { name: names.filler, image, mode: 'filling', environment: FILLED }, signal);
    progress('dépôt dans le registre des labs');
    await pushImage(context.docker, new URL(url).host, made, signal);
  } finally {
    await removeContainer(context.docker, names.filler);
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
