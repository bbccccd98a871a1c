import type Docker from 'dockerode';
import { answers, findHostEngine } from '../../host/host-engine.ts';
import { noEngine } from '../../host/require-host-engine.ts';
import type { LabImages } from '../../images/definitions.ts';
import type { LabDriver } from '../driver/definitions.ts';

/** Everything that needs this machine's engine. */
export interface LabHost {
  readonly driver: LabDriver;
  readonly images: LabImages;
  /** The memory and processors of the engine's machine. */
  readonly memoryBytes: number;
  readonly cpus: number;
}

/** Finds the engine on request, and caches what was built on it while that engine answers. */
export class LabHostFinder {
  readonly #addresses: readonly string[];
  readonly #compose: (docker: Docker) => Promise<LabHost>;
  #known: { address: string; host: LabHost } | null = null;
  #search: Promise<LabHost | null> | null = null;

  constructor(addresses: readonly string[], compose: (docker: Docker) => Promise<LabHost>) {
    this.#addresses = addresses;
    this.#compose = compose;
  }

  /** Null when no engine answers at the moment. */
  find(): Promise<LabHost | null> {
    this.#search ??= this.#look().finally(() => {
      this.#search = null;
    });
    return this.#search;
  }

  /** Throws `engine.unreachable` or `engine.denied` when no engine answers. */
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
