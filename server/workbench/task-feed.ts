import type { Verdict } from '../../contract/verdict.ts';
import { asEscaleError } from '../errors/as-escale-error.ts';
import type { EscaleError } from '../errors/escale-error.ts';
import type { LabJudge } from '../labs/service/lab-judge.ts';
import type { Tell } from './definitions.ts';

/**
 * Changes are batched: a look begins once there was no change for this time, or for half the duration of a look, up to `LONGEST_SETTLE_MS`.
 */
const SETTLE_MS = 150;
const LONGEST_SETTLE_MS = 400;
/** If changes never stop, a look begins after this many times the batching delay. */
const UNSETTLED = 5;
/** Interval between looks while something is starting. */
const WAIT_MS = 2000;
const LOOK_MS = 120_000;

/** The verdicts of one task, for the pages that show it. Looks never overlap: a change during a look causes another look afterwards. */
export class TaskFeed {
  readonly #task: string;
  readonly #judge: () => LabJudge;
  readonly #pages = new Set<Tell>();
  #criteria: readonly Verdict[] = [];
  #at = new Date().toISOString();
  #timer: NodeJS.Timeout | undefined;
  #looking = 0;
  #again = false;
  /** The time of the first change that no look has covered, or null. */
  #unseen: number | null = null;
  #tookMs = 0;

  constructor(task: string, judge: () => LabJudge) {
    this.#task = task;
    this.#judge = judge;
  }

  join(tell: Tell): void {
    this.#pages.add(tell);
    this.#tellOne(tell);
    this.#lookIn(0);
  }

  leave(tell: Tell): void {
    this.#pages.delete(tell);
    if (this.#pages.size === 0) clearTimeout(this.#timer);
  }

  /** The work has changed: looks once changes have stopped, if a page is watching. */
  changed(): void {
    const now = performance.now();
    this.#unseen ??= now;
    const settle = Math.min(LONGEST_SETTLE_MS, Math.max(SETTLE_MS, this.#tookMs / 2));
    this.#lookIn(Math.min(settle, this.#unseen + UNSETTLED * settle - now));
  }

  /** Looks at once for a page, which is told the reason if that fails. */
  lookNow(tell: Tell): void {
    clearTimeout(this.#timer);
    this.#lookAndTell((error) => tell({ type: 'error', ...error.toBody() }));
  }

  /** Shows the task as being checked during `work`, and until a later look has ended. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#begin();
    try {
      const result = await work();
      await this.#look();
      return result;
    } finally {
      this.#end();
    }
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#pages.size > 0) this.#lookAndTell(() => undefined);
    }, ms);
  }

  #lookAndTell(onFailure: (error: EscaleError) => void): void {
    if (this.#looking > 0) {
      this.#again = true;
      return;
    }
    this.#look().catch((error: unknown) => onFailure(asEscaleError(error)));
  }

  async #look(): Promise<void> {
    const judge = this.#judge();
    this.#begin();
    this.#unseen = null;
    const began = performance.now();
    try {
      this.#criteria = await judge.check([this.#task], { trials: false, waitMs: 0, signal: AbortSignal.timeout(LOOK_MS) });
      this.#at = new Date().toISOString();
      this.#tookMs = performance.now() - began;
    } finally {
      this.#end();
    }
    if (this.#again) this.#lookIn(0);
    else if (this.#unseen === null && this.#criteria.some(isWaiting)) this.#lookIn(WAIT_MS);
    this.#again = false;
  }

  #begin(): void {
    this.#looking++;
    if (this.#looking === 1) this.#tellAll();
  }

  #end(): void {
    this.#looking--;
    if (this.#looking === 0) this.#tellAll();
  }

  #tellAll(): void {
    for (const tell of this.#pages) this.#tellOne(tell);
  }

  /** Sends nothing before the end of the first look: the page then shows the criteria as the lesson lists them. */
  #tellOne(tell: Tell): void {
    if (this.#criteria.length === 0) return;
    tell({ type: 'verdicts', task: this.#task, checking: this.#looking > 0, at: this.#at, criteria: [...this.#criteria] });
  }
}

function isWaiting(verdict: Verdict): boolean {
  return verdict.verdict === 'cannot-tell' && verdict.diagnosis.code.startsWith('wait.');
}
