import type { FastifyBaseLogger } from 'fastify';
import type { FileEntry } from '../../contract/files.ts';
import { EscaleError } from '../errors/escale-error.ts';
import type { Lab } from '../labs/service/lab.ts';
import { missingBase } from '../projects/missing-base.ts';
import type { Tell } from './definitions.ts';

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
    let wasReady = false;
    lab.on('change', () => {
      const ready = lab.status().state === 'ready';
      if (ready && !wasReady) this.projectChanged();
      wasReady = ready;
    });
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
    const entries = await this.#entries();
    for (const [tell, watched] of this.#pages) {
      const { empty, missing } = await missingBase(watched.task, entries);
      const frame = { type: 'base' as const, task: watched.task, empty, missing: [...missing] };
      const told = JSON.stringify(frame);
      if (told === watched.told) continue;
      watched.told = told;
      tell(frame);
    }
  }

  /** A project folder that was removed has no entries. */
  async #entries(): Promise<readonly FileEntry[]> {
    try {
      return (await this.#lab.agent().tree()).entries;
    } catch (error) {
      if (error instanceof EscaleError && error.kind === 'not-found') return [];
      throw error;
    }
  }
}
