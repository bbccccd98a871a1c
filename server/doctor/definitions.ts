import type { Isolation } from '../../contract/lab.ts';

/** One thing looked at: how it is, and where it is not well, how to mend it. */
export interface DoctorItem {
  readonly id: string;
  /** French. */
  readonly title: string;
  /** `problem`: labs or builds do not work; `warning`: they do, with less; `unknown`: could not be looked at. */
  readonly state: 'ok' | 'warning' | 'problem' | 'unknown';
  readonly observed: string;
  /** What to do, French; on every state but `ok`. */
  readonly mend?: string;
}

export interface DoctorReport {
  /** No item is a problem. */
  readonly ok: boolean;
  /** How many labs fit beside what runs now; null where that cannot be told. */
  readonly labsFit: number | null;
  /** What is in force for new labs. */
  readonly isolation: Isolation;
  readonly items: readonly DoctorItem[];
  /** Ids of the items to mend, the one that gains most first. */
  readonly toMend: readonly string[];
}
