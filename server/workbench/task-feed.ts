import type { Verdict } from '../../contract/verdict.ts';
import { asEscaleError } from '../errors/as-escale-error.ts';
import type { EscaleError } from '../errors/escale-error.ts';
import type { LabJudge } from '../labs/lab-judge.ts';
import type { Tell } from './definitions.ts';

/** Changes that come together are looked at together. */
const SETTLE_MS = 400;
/** Between two looks while something is starting. */
const WAIT_MS = 2000;
const LOOK_MS = 120_000;

/** The verdicts of one task, for the pages that show it. Looks never overlap: what changes during one is looked at after it. */
export class TaskFeed {
  readonly #task: string;
  readonly #judge: () => LabJudge;
  readonly #pages = new Set<Tell>();
  #criteria: readonly Verdict[] = [];
  #at = new Date().toISOString();
  #timer: NodeJS.Timeout | undefined;
  #looking = 0;
  #again = false;

  constructor(task: string, judge: () => LabJudge) {
    this.#task = task;
    this.#judge = judge;
  }

  join(tell: Tell): void {
    this.#pages.add(tell);
    this.#tellOne(tell);
    this.lookSoon(0);
  }

  leave(tell: Tell): void {
    this.#pages.delete(tell);
    if (this.#pages.size === 0) clearTimeout(this.#timer);
  }

  /** After the work settled, if a page still looks. */
  lookSoon(afterMs = SETTLE_MS): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#pages.size > 0) this.#lookAndTell(() => undefined);
    }, afterMs);
  }

  /** For a page that asked: it hears why if nothing can be looked at. */
  lookNow(tell: Tell): void {
    clearTimeout(this.#timer);
    this.#lookAndTell((error) => tell({ type: 'error', ...error.toBody() }));
  }

  /** Shows the task as being checked while `work` goes on, and until a look after it has ended. */
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
    try {
      this.#criteria = await judge.check([this.#task], { trials: false, waitMs: 0, signal: AbortSignal.timeout(LOOK_MS) });
      this.#at = new Date().toISOString();
    } finally {
      this.#end();
    }
    if (this.#again) this.lookSoon(0);
    else if (this.#criteria.some(isWaiting)) this.lookSoon(WAIT_MS);
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

  /** Nothing before the first look has ended: the page shows the task as the lesson announces it. */
  #tellOne(tell: Tell): void {
    if (this.#criteria.length === 0) return;
    tell({ type: 'verdicts', task: this.#task, checking: this.#looking > 0, at: this.#at, criteria: [...this.#criteria] });
  }
}

function isWaiting(verdict: Verdict): boolean {
  return verdict.verdict === 'cannot-tell' && verdict.diagnosis.code.startsWith('wait.');
}
