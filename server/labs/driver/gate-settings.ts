import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { EscaleError } from '../../errors/escale-error.ts';
import { closedRanges } from './closed-ranges.ts';
import type { LabSpec } from './definitions.ts';
import { clientProxies, labEnvironment } from './lab-environment.ts';

/** Where the archive is to be unpacked, in the lab's container. */
export const SETTINGS_PARENT = '/etc';
/** Below this much free space on the engine's disk, no lab starts. */
export const DEFAULT_FREE_FLOOR = 2 * 1024 ** 3;
/** The domain that an engine asks when its mirror does not have an image. */
const PUBLIC_REGISTRY = 'docker.io';
const REGISTRY_IN_LAB = 'http://10.213.0.1:5000';

/** What only the driver knows at the moment of a start. */
export interface GateSurroundings {
  readonly hostAddresses: readonly string[];
  /** Addresses, beside the bridge's gateway, from which the engine may pass on connections to published ports. */
  readonly peers: readonly string[];
}

/**
 * The tar with a lab's settings, written into its container before each start, so that no token stands in the container's
 * environment or configuration. `settings` is for the gate's root; `lab/` goes through to the lab.
 */
export function gateSettings(spec: LabSpec, around: GateSurroundings): Readable {
  const { closed, hidden } = closedRanges(around.hostAddresses, spec.allow);
  const proxies = clientProxies(spec);
  const archive = pack();
  const folder = (name: string) => archive.entry({ name, type: 'directory', mode: 0o755 });
  const file = (name: string, text: string, mode = 0o644) => archive.entry({ name, mode }, text);
  folder('escale');
  folder('escale/lab');
  file(
    'escale/settings',
    lines({
      ISOLATION: spec.isolation,
      AGENT_TOKEN: spec.agentToken,
      SOURCE_TOKEN: spec.sourceToken,
      REGISTRY: spec.registry ?? '',
      ABSENT: spec.publicRegistry === false ? PUBLIC_REGISTRY : '',
      PEERS: around.peers.join(' '),
      ALLOW: spec.allow.join(' '),
      CLOSED: closed.join(' '),
      HIDDEN: hidden.join(' '),
      OPEN_FILES: String(spec.openFiles),
      MIN_FREE_BYTES: String(spec.freeFloorBytes ?? DEFAULT_FREE_FLOOR),
    }),
    0o600,
  );
  file('escale/lab/env', lines(labEnvironment(spec)));
  file('escale/lab/extra-ca.pem', spec.extraCa ?? '');
  file('escale/lab/client-proxies.json', proxies === null ? '' : JSON.stringify(proxies));
  file('escale/lab/registry-mirror', spec.registry === null ? '' : REGISTRY_IN_LAB);
  archive.finalize();
  return Readable.from(archive);
}

function lines(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([key, value]) => {
      if (/[\n\r\0]/.test(value)) {
        throw new EscaleError('usage', 'lab.setting', {
          message: `La valeur de ${key} tient sur plusieurs lignes.`,
          hint: 'Corrigez cette variable dans l’environnement ou la configuration du serveur.',
        });
      }
      return `${key}=${value}\n`;
    })
    .join('');
}
