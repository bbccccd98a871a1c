import type Docker from 'dockerode';
import { answers, findHostEngine } from '../../host/host-engine.ts';
import { noEngine } from '../../host/require-host-engine.ts';
import type { LabImages } from '../../images/definitions.ts';
import type { LabDriver } from '../driver/definitions.ts';

/** All that needs the engine of this machine. */
export interface LabHost {
  readonly driver: LabDriver;
  readonly images: LabImages;
  /** What the engine's machine has. */
  readonly memoryBytes: number;
  readonly cpus: number;
}

/** Finds the engine whenever it is asked for, and keeps what was composed on it as long as that engine answers. */
export class LabHostFinder {
  readonly #addresses: readonly string[];
  readonly #compose: (docker: Docker) => Promise<LabHost>;
  #known: { address: string; host: LabHost } | null = null;
  #search: Promise<LabHost | null> | null = null;

  constructor(addresses: readonly string[], compose: (docker: Docker) => Promise<LabHost>) {
    this.#addresses = addresses;
    this.#compose = compose;
  }

  /** Null when no engine answers now. */
  find(): Promise<LabHost | null> {
    this.#search ??= this.#look().finally(() => {
      this.#search = null;
    });
    return this.#search;
  }

  /** Throws `engine.unreachable` or `engine.denied` when no engine answers now. */
  async require(): Promise<LabHost> {
    const host = await this.find();
    if (host !== null) return host;
    throw await noEngine(this.#addresses);
  }

  async #look(): Promise<LabHost | null> {
    if (this.#known !== null && (await answers(this.#known.address))) return this.#known.host;
    this.#known = null;
    const engine = await findHostEngine(this.#addresses);
    if (engine === null) return null;
    const host = await this.#compose(engine.docker);
    this.#known = { address: engine.address, host };
    return host;
  }
}
