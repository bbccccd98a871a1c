import type { Usage } from '../lab-engine/definitions.ts';
import type { Load } from './definitions.ts';

const MIB = 1024 ** 2;

/** Turns samples of a container's usage into its load since the sample before. */
export class LoadMeter {
  #before = new Map<string, Usage>();

  /** `samples`: of all containers that run, by id. Rounded, so that a quiet container keeps its figures. */
  loads(samples: ReadonlyMap<string, Usage>): Map<string, Load> {
    const loads = new Map<string, Load>();
    for (const [id, usage] of samples) {
      const cpuPercent = since(this.#before.get(id), usage);
      loads.set(id, { cpuPercent, memoryBytes: Math.round(usage.memoryBytes / MIB) * MIB });
    }
    this.#before = new Map(samples);
    return loads;
  }
}

/** Percent of one processor. Null without an earlier sample of the same process. */
function since(before: Usage | undefined, now: Usage): number | null {
  if (before === undefined || now.cpuNs < before.cpuNs || now.systemNs <= before.systemNs) return null;
  return Math.round(((now.cpuNs - before.cpuNs) / (now.systemNs - before.systemNs)) * now.cpus * 100);
}
