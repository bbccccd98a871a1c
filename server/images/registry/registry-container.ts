import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { EscaleError } from '../../errors/escale-error.ts';
import { isAbsent, isAlreadySo, isConflict, orAbsent, toEscaleError } from '../../host/engine-errors.ts';
import { REGISTRY_PORT, type RegistryNames } from './registry-names.ts';

const RECIPE_LABEL = 'escale.recipe';
/** Increase it when `creation` below changes. */
const RECIPE_VERSION = 3;
/** Label that says what the running registry serves: `filled` or `pull-through`. */
export const MODE_LABEL = 'escale.registry';
const READY_MS = 20_000;
const MEMORY_BYTES = 512 * 1024 * 1024;
/** The folder of the registry's images, inside its container. */
export const STORAGE_FOLDER = '/var/lib/docker-registry';

/** The volume mounted on that folder, created if it is missing. */
export interface RegistryStorage {
  readonly volume: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly readOnly: boolean;
}

/** A container of the registry's image. */
export interface RegistryRecipe {
  readonly name: string;
  readonly image: string;
  readonly mode: 'filled' | 'pull-through' | 'filling';
  readonly environment: Readonly<Record<string, string>>;
  readonly storage: RegistryStorage;
}

/**
 * Starts the container of that recipe, or keeps a running one with the same recipe. Resolves to its address on this machine once it serves.
 * A new container joins the networks of the old one, so that running labs find it.
 */
export async function startRegistry(docker: Docker, names: RegistryNames, recipe: RegistryRecipe, signal: AbortSignal): Promise<string> {
  const digest = createHash('sha256')
    .update(JSON.stringify([RECIPE_VERSION, recipe]))
    .digest('hex')
    .slice(0, 12);
  try {
    const container = docker.getContainer(recipe.name);
    const seen = await orAbsent(container.inspect());
    if (seen && seen.Config.Labels[RECIPE_LABEL] !== digest) await container.remove({ force: true });
    if (seen?.Config.Labels[RECIPE_LABEL] !== digest) {
      await makeNetwork(docker, names);
      await docker.createContainer(creation(names, recipe, digest));
      for (const network of Object.keys(seen?.NetworkSettings.Networks ?? {}))
        if (network !== names.network) await docker.getNetwork(network).connect({ Container: recipe.name }).catch(ignoring(isAbsent));
    }
    await container.start().catch(ignoring(isAlreadySo));
    return await whenServing(docker, recipe.name, signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw toEscaleError(cause);
  }
}

/** The registry's address on this machine's loopback, and its mode; null if it is not running. */
export async function findRegistry(docker: Docker, name: string): Promise<{ url: string; mode: string } | null> {
  const seen = await orAbsent(docker.getContainer(name).inspect());
  const port = seen?.NetworkSettings.Ports[`${REGISTRY_PORT}/tcp`]?.[0]?.HostPort;
  return seen?.State.Running && port ? { url: `http://127.0.0.1:${port}`, mode: seen.Config.Labels[MODE_LABEL] ?? '' } : null;
}

export async function removeContainer(docker: Docker, name: string): Promise<void> {
  await docker.getContainer(name).remove({ force: true, v: true }).catch(ignoring(isAbsent));
}

export async function stopContainer(docker: Docker, name: string): Promise<void> {
  await docker.getContainer(name).stop({ t: 2 }).catch(ignoring(isAlreadySo, isAbsent));
}

function creation(names: RegistryNames, recipe: RegistryRecipe, digest: string): Docker.ContainerCreateOptions {
  const port = `${REGISTRY_PORT}/tcp`;
  return {
    name: recipe.name,
    Image: recipe.image,
    Env: Object.entries(recipe.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { ...names.labels, [RECIPE_LABEL]: digest, [MODE_LABEL]: recipe.mode },
    ExposedPorts: { [port]: {} },
    HostConfig: {
      NetworkMode: names.network,
      PortBindings: { [port]: [{ HostIp: '127.0.0.1', HostPort: '' }] },
      Mounts: [mount(recipe.storage)],
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      // It is connected to the networks of all labs and must not forward packets between them.
      Sysctls: { 'net.ipv4.ip_forward': '0' },
      Memory: MEMORY_BYTES,
      PidsLimit: 256,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '2m', 'max-file': '2' } },
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
    },
  };
}

function mount({ volume, labels, readOnly }: RegistryStorage): Docker.MountSettings {
  const made = { NoCopy: false, Labels: { ...labels }, DriverConfig: { Name: 'local', Options: {} } };
  return { Type: 'volume', Source: volume, Target: STORAGE_FOLDER, ReadOnly: readOnly, VolumeOptions: made };
}

async function makeNetwork(docker: Docker, names: RegistryNames): Promise<void> {
  const network = await orAbsent(docker.getNetwork(names.network).inspect());
  if (network) return;
  await docker
    .createNetwork({ Name: names.network, CheckDuplicate: true, Driver: 'bridge', Labels: { ...names.labels } })
    .catch(ignoring(isConflict));
}

async function whenServing(docker: Docker, name: string, signal: AbortSignal): Promise<string> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(READY_MS)]);
  while (!deadline.aborted) {
    const found = await findRegistry(docker, name);
    if (found && (await answers(found.url, deadline))) return found.url;
    await delay(100, undefined, { signal: deadline }).catch(() => undefined);
  }
  signal.throwIfAborted();
  throw new EscaleError('unavailable', 'images.registry-silent', {
    message: `Le registre des labos (conteneur ${name}) n’a pas répondu en ${READY_MS / 1000} s.`,
    hint: `« docker logs ${name} » dit pourquoi ; relancez ensuite.`,
  });
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await fetch(`${url}/v2/`, { signal: AbortSignal.any([signal, AbortSignal.timeout(1000)]) })).ok;
  } catch {
    // Not listening yet: the caller retries until its time limit.
    return false;
  }
}

/** A rejection handler that ignores these kinds of errors from the engine. */
function ignoring(...kinds: readonly ((error: unknown) => boolean)[]): (error: unknown) => void {
  return (error) => {
    if (!kinds.some((kind) => kind(error))) throw error;
  };
}
