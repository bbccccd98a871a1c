import { createHash } from 'node:crypto';

/** The registry's port inside its container. */
export const REGISTRY_PORT = 5000;

/** The names of an instance's registry objects on the engine. */
export interface RegistryNames {
  readonly container: string;
  /** The container that fills the store, and is removed afterwards. */
  readonly filler: string;
  readonly network: string;
  /** The volume of images that a cache fetched from the public registry. */
  readonly volume: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function registryNames(instance: string): RegistryNames {
  const name = `escale-${createHash('sha256').update(instance).digest('hex').slice(0, 6)}-registry`;
  return {
    container: name,
    filler: `${name}-fill`,
    network: name,
    volume: name,
    labels: { 'escale.instance': instance, 'escale.kind': 'registry' },
  };
}
