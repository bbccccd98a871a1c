import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { HostSettings } from './images/host/host-settings.ts';
import { createLabImages } from './images/lab-images.ts';
import type { LabSpec } from './labs/driver/definitions.ts';
import { LocalEngineStores } from './labs/driver/engine-stores.ts';
import { LocalLabDriver } from './labs/driver/local-lab-driver.ts';
import type { LabHost } from './labs/service/lab-host.ts';
import { labLimits } from './labs/service/lab-limits.ts';
import type { Materials } from './setup/preparation.ts';

export const REPOSITORY = dirname(dirname(fileURLToPath(import.meta.url)));

export interface LocalHostOptions {
  readonly docker: Docker;
  /** Absolute path of the state folder. */
  readonly instance: string;
  readonly isolation: Config['isolation'];
  readonly mayInstall: boolean;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Labs on this machine's engine. */
export async function localHost({ docker, instance, isolation, mayInstall, log }: LocalHostOptions): Promise<LabHost> {
  const { MemTotal, NCPU } = await docker.info();
  return {
    driver: new LocalLabDriver(docker, instance),
    images: createLabImages({ docker, instance, repoRoot: REPOSITORY, isolation, mayInstall, log }),
    stores: new LocalEngineStores(docker, instance),
    memoryBytes: MemTotal,
    cpus: NCPU,
  };
}

export interface SpecOptions {
  readonly record: Pick<LabSpec, 'id' | 'agentToken' | 'sourceToken'>;
  readonly host: LabHost;
  readonly config: Config;
  readonly materials: Materials;
  readonly settings: HostSettings;
}

/** In place of a learner's lab, where only what labs have in common counts. */
export const NOBODY: SpecOptions['record'] = { id: 'nobody', agentToken: '', sourceToken: '' };

/** What a lab is made from on this machine. */
export function labSpec({ record, host, config, materials, settings }: SpecOptions): LabSpec {
  const { id, agentToken, sourceToken } = record;
  return {
    ...{ id, agentToken, sourceToken },
    ...labLimits(config.lab, host),
    ...materials,
    isolation: config.isolation,
    publicRegistry: host.images.publicRegistry(),
    allow: config.allow,
    env: settings.proxy,
    extraCa: settings.extraCa,
  };
}

/** The lab that fills an engine store: like any other, but it leaves a processor to the learner. */
export function fillerSpec(options: Omit<SpecOptions, 'record'>): LabSpec {
  const token = () => randomBytes(32).toString('base64url');
  return { ...labSpec({ ...options, record: { id: 'engine-store', agentToken: token(), sourceToken: token() } }), cpus: 1 };
}
