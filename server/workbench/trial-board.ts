import type { WorkspaceServerFrame } from '../../contract/workspace.ts';
import type { TrialProgress } from '../labs/service/lab-checker.ts';
import type { Tell } from './definitions.ts';

interface Running {
  readonly began: number;
  readonly progress: TrialProgress;
}

/** Tells every page what the trial of the lab is at, and how long it is expected to take. */
export class TrialBoard {
  readonly #pages = new Set<Tell>();
  /** Milliseconds that each act took last. */
  readonly #took = new Map<string, number>();
  readonly #now: () => number;
  #running: Running | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  join(tell: Tell): void {
    this.#pages.add(tell);
    if (this.#running !== null) tell(this.#frame());
  }

  leave(tell: Tell): void {
    this.#pages.delete(tell);
  }

  /** Shows a trial while `work` runs. Of several, the one that reported last is shown: they wait for each other. */
  async show<T>(work: (onProgress: (progress: TrialProgress) => void) => Promise<T>): Promise<T> {
    const began = this.#now();
    let acting: { act: string; since: number } | undefined;
    let waited = false;
    try {
      const result = await work((progress) => {
        // The first report only says that the trial waits for its turn.
        if (waited) acting ??= { act: progress.act, since: this.#now() };
        waited = true;
        this.#running = { began, progress };
        this.#tellAll();
      });
      if (acting !== undefined) this.#took.set(acting.act, this.#now() - acting.since);
      return result;
    } finally {
      if (this.#running?.began === began) {
        this.#running = null;
        this.#tellAll();
      }
    }
  }

  #tellAll(): void {
    for (const tell of this.#pages) tell(this.#frame());
  }

  #frame(): WorkspaceServerFrame {
    if (this.#running === null) return { type: 'trial', trial: null };
    const { began, progress } = this.#running;
    const { act, criteria, step, usualMs } = progress;
    const elapsedMs = Math.max(0, this.#now() - began);
    return { type: 'trial', trial: { criteria: [...criteria], step, elapsedMs, usualMs: this.#took.get(act) ?? usualMs } };
  }
}
