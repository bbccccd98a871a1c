import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Docker from 'dockerode';
import { createPublicRegistry } from '../../../server/images/base/public-registry.ts';
import { createEngineImages } from '../../../server/images/build/engine-images.ts';
import { readHostSettings } from '../../../server/images/host/host-settings.ts';
import type { ImageContext } from '../../../server/images/image-context.ts';
import { createLabImages } from '../../../server/images/lab-images.ts';
import { type RegistryNames, registryNames } from '../../../server/images/registry/registry-names.ts';

export const docker = new Docker();
export const repoRoot = resolve(import.meta.dirname, '../../..');
export const quiet = (_line: string): void => undefined;

export function longEnough(seconds = 280): AbortSignal {
  return AbortSignal.timeout(seconds * 1000);
}

export async function imageContext(): Promise<ImageContext> {
  const host = await readHostSettings();
  return { docker, images: createEngineImages(docker), registry: createPublicRegistry(docker), repoRoot, mayInstall: true, host };
}

/** An instance for one test only. */
export function scratchInstance() {
  const instance = join(tmpdir(), `escale-test-${randomUUID()}`);
  const log = { info: () => undefined, warn: () => undefined };
  return {
    instance,
    names: registryNames(instance),
    images: createLabImages({ docker, instance, repoRoot, isolation: 'userns', mayInstall: true, log }),
    remove: () => sweep(instance),
  };
}

/** The registry's address on this machine. */
export async function publishedAt({ container }: RegistryNames): Promise<string> {
  const { NetworkSettings } = await docker.getContainer(container).inspect();
  const port = NetworkSettings.Ports['5000/tcp']?.[0]?.HostPort ?? '';
  return `127.0.0.1:${port}`;
}

/** Removes everything with the instance's label, and nothing else. */
export async function sweep(instance: string): Promise<void> {
  const filters = { label: [`escale.instance=${instance}`] };
  for (const { Id } of await docker.listContainers({ all: true, filters })) await docker.getContainer(Id).remove({ force: true, v: true });
  for (const { Id } of await docker.listNetworks({ filters })) await docker.getNetwork(Id).remove();
  for (const { Name } of (await docker.listVolumes({ filters: { label: filters.label } })).Volumes) await docker.getVolume(Name).remove();
}
