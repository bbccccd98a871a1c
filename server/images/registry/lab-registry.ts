import type { CourseImage } from '../course/catalogue.ts';
import { compatibleImage, type NamedImage } from '../course/compatible-images.ts';
import { officialImageWithCertificates } from '../course/official-images.ts';
import type { ImageContext } from '../image-context.ts';
import { isLacking, pushImage } from './fill-registry.ts';
import { STORE_LABELS, storeName } from './image-store.ts';
import { createRegistryApi } from './registry-api.ts';
import { type RegistryRecipe, type RegistryStorage, removeContainer, STORAGE_FOLDER, startRegistry } from './registry-container.ts';
import { registryImage } from './registry-image.ts';
import { REGISTRY_PORT, type RegistryNames } from './registry-names.ts';

/** The public registry, as a cache asks it. */
const PUBLIC_REGISTRY = 'https://registry-1.docker.io';

const READ_ONLY = { REGISTRY_STORAGE_MAINTENANCE_READONLY: '{"enabled":true}' };

/** What the registry serves: a store, the volume of that name, filled image by image, or a cache in front of another registry. */
export type RegistryContent =
  | { readonly kind: 'filled'; readonly with: 'built' | 'official'; readonly store: string }
  | { readonly kind: 'pull-through'; readonly remote: string };

/** A registry that runs, as containers on its network and as this machine know it. */
export interface ServedRegistry {
  /** `name:port`. */
  readonly address: string;
  readonly url: string;
  readonly content: RegistryContent;
}

/** Official images where the public registry answers, ours where it does not. */
export async function chooseContent(context: ImageContext, signal: AbortSignal): Promise<RegistryContent> {
  const reachable = await context.registry.reachable(signal);
  if (reachable && context.host.extraCa === null) return { kind: 'pull-through', remote: PUBLIC_REGISTRY };
  const origin = reachable ? 'official' : 'built';
  return { kind: 'filled', with: origin, store: await storeName(context, origin) };
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
  const recipe = { name: names.container, image, mode: content.kind, ...serving(context, names, content) };
  const url = await startRegistry(context.docker, names, recipe, signal);
  return { address: `${names.container}:${REGISTRY_PORT}`, url, content };
}

/** A store is shared, and so it is served from a volume that not even the registry can write; what a cache brings is its instance's own. */
function serving({ host }: ImageContext, names: RegistryNames, content: RegistryContent): Pick<RegistryRecipe, 'environment' | 'storage'> {
  if (content.kind === 'filled') return { environment: READ_ONLY, storage: { ...storeOf(content), readOnly: true } };
  const cache = { REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: `${STORAGE_FOLDER}/cache`, REGISTRY_PROXY_REMOTEURL: content.remote };
  return { environment: { ...host.proxy, ...cache }, storage: { volume: names.volume, labels: names.labels, readOnly: false } };
}

function storeOf({ store }: { readonly store: string }): Pick<RegistryStorage, 'volume' | 'labels'> {
  return { volume: store, labels: STORE_LABELS };
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
  if (await isLacking(createRegistryApi(url), made)) await fill(context, names, content, made, progress, signal);
}

/**
 * A second container on the same store takes the writes, on this machine's loopback only: the one that labs reach never does. Where another
 * instance fills it too, both write the same.
 */
async function fill(
  context: ImageContext,
  names: RegistryNames,
  content: { readonly store: string },
  made: NamedImage,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const image = await registryImage(context, progress, signal);
    const recipe = {
      name: names.filler,
      image,
      mode: 'filling',
      environment: {},
      storage: { ...storeOf(content), readOnly: false },
    } as const;
    const url = await startRegistry(context.docker, names, recipe, signal);
    progress('dépôt dans le registre des labos');
    await pushImage(context.docker, new URL(url).host, made, signal);
  } finally {
    await removeContainer(context.docker, names.filler);
  }
}
