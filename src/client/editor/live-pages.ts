import type { Pages } from './definitions.ts';

const PREFIX = 'escale.page/';
const TURN = 'escale.drafts';

/** The open pages of this browser: each holds a lock with its name, which the browser releases when the page ends in whatever way. */
export class LivePages implements Pages {
  readonly me = crypto.randomUUID();
  readonly #held: Promise<void>;

  constructor() {
    this.#held = new Promise((resolve, reject) => {
      const untilThePageEnds = (): Promise<never> => {
        resolve();
        return new Promise(() => undefined);
      };
      navigator.locks.request(PREFIX + this.me, untilThePageEnds).catch(reject);
    });
  }

  async living(): Promise<ReadonlySet<string>> {
    await this.#held;
    const { held = [] } = await navigator.locks.query();
    return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    return navigator.locks.request(TURN, work);
  }
}
