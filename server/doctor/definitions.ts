import type { Isolation } from '../../contract/lab.ts';

/** One check: its result, and how to fix it if it is not ok. */
export interface DoctorItem {
  readonly id: string;
  /** In French. */
  readonly title: string;
  /** `problem`: labs or builds do not work; `warning`: they work with restrictions; `unknown`: the check could not be made. */
  readonly state: 'ok' | 'warning' | 'problem' | 'unknown';
  readonly observed: string;
  /** How to fix it, in French; present unless the state is `ok`. */
  readonly mend?: string;
}

export interface DoctorReport {
  /** No item has the state `problem`. */
  readonly ok: boolean;
  /** How many labs fit into the free memory and disk; null if unknown. */
  readonly labsFit: number | null;
  /** The isolation of new labs. */
  readonly isolation: Isolation;
  readonly items: readonly DoctorItem[];
  /** Ids of the items to fix, most useful first. */
  readonly toMend: readonly string[];
}
