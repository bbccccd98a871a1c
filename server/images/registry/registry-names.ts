import { createHash } from 'node:crypto';

/** Where the registry listens inside its container. */
export const REGISTRY_PORT = 5000;

/** The engine's objects of an instance's registry. */
export interface RegistryNames {
  readonly container: string;
  /** Writes into the store while it is filled, then goes. */
  readonly filler: string;
  readonly network: string;
  /** What a cache brought from the public registry. */
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
