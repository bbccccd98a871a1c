import type Docker from 'dockerode';
import { answers, findHostEngine } from './host-engine.ts';
import { noEngine } from './require-host-engine.ts';

/** Finds the engine on request, and caches what was built on it while that engine answers. */
export class HostFinder<T> {
  readonly #addresses: readonly string[];
  readonly #compose: (docker: Docker) => Promise<T>;
  #known: { address: string; host: T } | null = null;
  #search: Promise<T | null> | null = null;

  constructor(addresses: readonly string[], compose: (docker: Docker) => Promise<T>) {
    this.#addresses = addresses;
    this.#compose = compose;
  }

  /** Null when no engine answers at the moment. */
  find(): Promise<T | null> {
    this.#search ??= this.#findAndCompose().finally(() => {
      this.#search = null;
    });
    return this.#search;
  }

  /** Throws `engine.unreachable` or `engine.denied` when no engine answers. */
  async require(): Promise<T> {
    const host = await this.find();
    if (host !== null) return host;
    throw await noEngine(this.#addresses);
  }

  async #findAndCompose(): Promise<T | null> {
    if (this.#known !== null && (await answers(this.#known.address))) return this.#known.host;
    this.#known = null;
    const engine = await findHostEngine(this.#addresses);
    if (engine === null) return null;
    const host = await this.#compose(engine.docker);
    this.#known = { address: engine.address, host };
    return host;
  }
}
