import { pino } from 'pino';
import { loadConfig } from '../config.ts';
import type { Environment } from '../environment.ts';
import { engineAddresses, findHostEngine } from '../host/host-engine.ts';
import { splitCertificates } from '../images/host/extra-certificates.ts';
import { readHostSettings } from '../images/host/host-settings.ts';
import { createLabImages } from '../images/lab-images.ts';
import { labLimits } from '../labs/service/lab-limits.ts';
import { REPOSITORY } from '../local-host.ts';
import { readServerFile } from '../state/server-file.ts';
import { openStateFolder } from '../state/state-folder.ts';
import { defaultIndex } from './default-index.ts';
import type { DoctorWorld } from './world.ts';

/** The environment that the doctor checks, for one state folder of this machine. */
export async function readWorld(environment: Environment, stateDir: string): Promise<DoctorWorld> {
  const folder = openStateFolder(stateDir);
  const config = loadConfig(folder.dir);
  const addresses = engineAddresses(environment);
  const [engine, host] = await Promise.all([findHostEngine(addresses), readHostSettings()]);
  const index = host.pip?.indexUrl ?? (await defaultIndex());
  const images =
    engine &&
    createLabImages({
      docker: engine.docker,
      instance: folder.dir,
      repoRoot: REPOSITORY,
      isolation: config.isolation,
      mayInstall: false,
      log: pino({ level: 'silent' }),
    });
  return {
    engine,
    addresses,
    stateDir: folder.dir,
    port: config.port,
    servedPort: servedPort(folder),
    isolation: config.isolation,
    labImage: async () => (await images?.findLabImage()) ?? null,
    courseImages: async () => (await images?.list()) ?? [],
    labMemoryBytes: (machine) => labLimits(config.lab, machine).memoryBytes,
    packageSources: [
      { name: 'PyPI', url: index && `${index.replace(/\/+$/, '')}/pip/` },
      { name: 'Debian', url: host.apt && `${host.apt.archive}/dists/bookworm/InRelease` },
    ],
    proxy: host.proxy,
    extraAuthorities: host.extraCa === null ? 0 : splitCertificates(host.extraCa).length,
  };
}

/** The port of a running server. The file of a killed server does not count. */
function servedPort(folder: ReturnType<typeof openStateFolder>): number | null {
  const server = readServerFile(folder);
  if (server === null) return null;
  try {
    process.kill(server.pid, 0);
    return server.port;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPERM') return server.port;
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return null;
    throw error;
  }
}
