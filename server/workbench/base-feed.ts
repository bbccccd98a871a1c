import type { FastifyBaseLogger } from 'fastify';
import type { Lab } from '../labs/service/lab.ts';
import { projectEntries } from '../labs/service/project-entries.ts';
import { missingBase } from '../projects/missing-base.ts';
import type { Tell } from './definitions.ts';
import { whenReady } from './when-ready.ts';

interface Watched {
  readonly task: string;
  told: string;
}

/** Tells each page what its open lesson builds on and the project lacks. */
export class BaseFeed {
  readonly #lab: Lab;
  readonly #log: FastifyBaseLogger;
  readonly #pages = new Map<Tell, Watched>();
  #looking: Promise<void> | null = null;
  #again = false;

  constructor(lab: Lab, log: FastifyBaseLogger) {
    this.#lab = lab;
    this.#log = log;
    whenReady(lab, () => this.projectChanged());
  }

  watch(tell: Tell, task: string): void {
    this.#pages.set(tell, { task, told: '' });
    this.projectChanged();
  }

  leave(tell: Tell): void {
    this.#pages.delete(tell);
  }

  /** Looks at the project; changes during a look cause one more. */
  projectChanged(): void {
    if (this.#pages.size === 0 || this.#lab.status().state !== 'ready') return;
    if (this.#looking !== null) {
      this.#again = true;
      return;
    }
    this.#looking = this.#look()
      .catch((error: unknown) => this.#log.debug({ err: error }, 'base of the lesson not read'))
      .finally(() => {
        this.#looking = null;
        if (this.#again) this.projectChanged();
      });
    this.#again = false;
  }

  async #look(): Promise<void> {
    const entries = await projectEntries(this.#lab.agent());
    for (const [tell, watched] of this.#pages) {
      const { empty, missing } = await missingBase(watched.task, entries);
      const frame = { type: 'base' as const, task: watched.task, empty, missing: [...missing] };
      const told = JSON.stringify(frame);
      if (told === watched.told) continue;
      watched.told = told;
      tell(frame);
    }
  }
}
