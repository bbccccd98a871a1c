import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { pause } from '../../host/pause.ts';
import type { LabStore } from '../../state/lab-store.ts';
import type { Lab } from './lab.ts';

/** Milliseconds between two looks at the warm labs, and after one could not be made. */
const TEND_MS = 3000;
const FAILED_MS = 60_000;

export interface WarmLabsOptions {
  readonly lab: (id: string) => Lab;
  readonly store: LabStore;
  /** Names what a lab made now is made from. */
  readonly madeFrom: () => Promise<string>;
  /** Whether a lab of somebody's is being started or changed at the moment. */
  readonly busy: () => boolean;
  readonly log: FastifyBaseLogger;
}

/** Labs made ahead, without a learner. What takes one over is `LabStore.takeWarm`; this keeps their number. */
export class WarmLabs {
  readonly #options: WarmLabsOptions;

  constructor(options: WarmLabsOptions) {
    this.#options = options;
  }

  /** Until `signal`: makes what is missing, one at a time and while nothing else starts, and removes what died or is out of date. */
  async keep(count: number, mayStart: () => boolean, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let pauseMs = TEND_MS;
      try {
        if (mayStart() && !this.#options.busy()) await this.#tend(count, signal);
      } catch (error) {
        this.#options.log.warn({ err: error }, 'warm lab not made');
        pauseMs = FAILED_MS;
      }
      await pause(pauseMs, signal);
    }
  }

  /** Removes them all. */
  async clear(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#warm().map(({ id }) => this.#options.lab(id).remove(signal)));
  }

  async #tend(count: number, signal: AbortSignal): Promise<void> {
    if (count === 0 && this.#warm().length === 0) return;
    const madeFrom = await this.#options.madeFrom();
    let there = 0;
    for (const { id, warm } of this.#warm()) {
      const lab = this.#options.lab(id);
      await lab.refresh();
      const fit = warm === madeFrom && lab.status().state === 'ready' && there < count;
      if (fit) there++;
      // Somebody may have taken it over since.
      else if (this.#options.store.find(id)?.warm !== null) await lab.remove(signal);
    }
    if (there < count) await this.#make(madeFrom, signal);
  }

  async #make(madeFrom: string, signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    const id = randomBytes(4).toString('hex');
    const lab = this.#options.lab(id);
    store.ensure(id);
    store.keepWarm(id, '');
    try {
      await lab.start(signal);
      await lab.engineStarted();
      store.keepWarm(id, madeFrom);
      this.#options.log.info({ lab: id }, 'warm lab made');
    } catch (error) {
      await lab.remove();
      throw error;
    }
  }

  #warm() {
    return this.#options.store.list().filter(({ warm }) => warm !== null);
  }
}
