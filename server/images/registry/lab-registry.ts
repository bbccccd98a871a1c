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

/** The public registry, as the upstream of a cache. */
const PUBLIC_REGISTRY = 'https://registry-1.docker.io';

const READ_ONLY = { REGISTRY_STORAGE_MAINTENANCE_READONLY: '{"enabled":true}' };

/** What the registry serves: a store (the name of a volume, filled image by image), or a cache of another registry. */
export type RegistryContent =
  | { readonly kind: 'filled'; readonly with: 'built' | 'official'; readonly store: string }
  | { readonly kind: 'pull-through'; readonly remote: string };

/** A running registry, with its addresses for containers on its network and for this machine. */
export interface ServedRegistry {
  /** `name:port`. */
  readonly address: string;
  readonly url: string;
  readonly content: RegistryContent;
}

/** Chooses official images if the public registry answers, and our own otherwise. */
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

/** A store is shared, so the registry mounts its volume read-only. A cache writes to a volume of its own instance. */
function serving({ host }: ImageContext, names: RegistryNames, content: RegistryContent): Pick<RegistryRecipe, 'environment' | 'storage'> {
  if (content.kind === 'filled') return { environment: READ_ONLY, storage: { ...storeOf(content), readOnly: true } };
  const cache = { REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: `${STORAGE_FOLDER}/cache`, REGISTRY_PROXY_REMOTEURL: content.remote };
  return { environment: { ...host.proxy, ...cache }, storage: { volume: names.volume, labels: names.labels, readOnly: false } };
}

function storeOf({ store }: { readonly store: string }): Pick<RegistryStorage, 'volume' | 'labels'> {
  return { volume: store, labels: STORE_LABELS };
}

/** Makes an image of the course if it is missing and pushes it into a filled registry. A cache needs nothing. */
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
 * A second container on the same store accepts writes, on this machine's loopback only; the one that labs reach is read-only. If another
 * instance fills the store at the same time, both write the same content.
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
