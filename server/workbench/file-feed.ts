import type { FastifyBaseLogger } from 'fastify';
import { pause } from '../host/pause.ts';
import type { Lab } from '../labs/service/lab.ts';

/** Delay before a new watch, after the agent disconnected. */
const AGAIN_MS = 1000;

/** Reports changes in a lab's project between `start` and `stop`, through all its restarts. */
export class FileFeed {
  readonly #lab: Lab;
  readonly #onChange: (paths: readonly string[]) => void;
  readonly #log: FastifyBaseLogger;
  #stopping: AbortController | null = null;

  constructor(lab: Lab, onChange: (paths: readonly string[]) => void, log: FastifyBaseLogger) {
    this.#lab = lab;
    this.#onChange = onChange;
    this.#log = log;
  }

  start(): void {
    if (this.#stopping !== null) return;
    this.#stopping = new AbortController();
    void this.#watch(this.#stopping.signal);
  }

  stop(): void {
    this.#stopping?.abort();
    this.#stopping = null;
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#lab.status().state === 'ready') await this.#lab.agent().watchFiles((paths) => this.#tell(paths), signal);
      } catch (error) {
        this.#log.debug({ err: error }, 'file watch ended');
      }
      await pause(AGAIN_MS, signal);
    }
  }

  /** The first frame of a watch has no paths: it only says that the watch has started. */
  #tell(paths: readonly string[]): void {
    if (paths.length > 0) this.#onChange(paths);
  }
}
