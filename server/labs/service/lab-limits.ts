import type { Config } from '../../config.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

export interface LabLimits {
  readonly memoryBytes: number;
  readonly cpus: number;
  readonly pids: number;
  readonly openFiles: number;
}

/** What one lab may use: what the configuration says, else at most 6 GiB and half of the engine's machine, and all its processors. */
export function labLimits(config: Config['lab'], host: { memoryBytes: number; cpus: number }): LabLimits {
  return {
    memoryBytes: config.memoryMiB === undefined ? Math.min(6 * GIB, Math.floor(host.memoryBytes / 2)) : config.memoryMiB * MIB,
    cpus: config.cpus === undefined ? host.cpus : Math.min(config.cpus, host.cpus),
    pids: config.pids,
    openFiles: config.openFiles,
  };
}
