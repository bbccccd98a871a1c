import { type Scenario, SOURCE_SCENARIO_MS, SOURCE_SCENARIOS, type SourceState } from '../../contract/source.ts';

/** Additional states of the source, each under a name that only its trial knows. Limited in number and lifetime. */
export class Scenarios {
  readonly #now: () => number;
  readonly #known = new Map<string, Scenario & { until: number }>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Returns null when there are too many. */
  set(name: string, state: SourceState): Scenario | null {
    this.#forgetOld();
    if (!this.#known.has(name) && this.#known.size >= SOURCE_SCENARIOS) return null;
    this.#known.set(name, { state, requests: 0, until: this.#now() + SOURCE_SCENARIO_MS });
    return this.find(name);
  }

  find(name: string): Scenario | null {
    this.#forgetOld();
    const found = this.#known.get(name);
    return found === undefined ? null : { state: found.state, requests: found.requests };
  }

  /** The state for a request; counts the request. */
  ask(name: string): SourceState | null {
    this.#forgetOld();
    const found = this.#known.get(name);
    if (found === undefined) return null;
    found.requests += 1;
    return found.state;
  }

  remove(prefix: string): void {
    for (const name of this.#known.keys()) if (name.startsWith(prefix)) this.#known.delete(name);
  }

  #forgetOld(): void {
    for (const [name, { until }] of this.#known) if (until < this.#now()) this.#known.delete(name);
  }
}
