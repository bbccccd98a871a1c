import type { Diagnosis, Evidence, Judge, Remark, Row, Verdict } from '../../contract/verdict.ts';
import type { LabAgent } from '../agents/definitions.ts';

/** What a probe found. Probes never throw for a learner's mistake; they throw `LabUnavailable` when they could not look. */
export type Finding =
  | { readonly verdict: 'met'; readonly remarks?: readonly Remark[]; readonly evidence?: readonly Evidence[] }
  | {
      readonly verdict: 'not-met' | 'cannot-tell';
      readonly diagnosis: Diagnosis;
      readonly remarks?: readonly Remark[];
      readonly evidence?: readonly Evidence[];
    };

/** One criterion of a task. `look` is for `program`, `act` for `trial`; both read the lab through `LabView` only. */
export interface Criterion {
  readonly id: string;
  readonly title: string;
  readonly row: Row;
  readonly points: number;
  readonly judge: Judge;
  /** Ids of criteria that must be met first. */
  readonly needs: readonly string[];
  readonly look: (view: LabView) => Promise<Finding>;
  readonly trial?: Trial;
}

/** An act announced to the learner, which leaves the lab as it found it. */
export interface Trial {
  /** French: how long, on what, and what stays. */
  readonly announce: string;
  readonly act: (view: LabView) => Promise<Finding>;
}

/** One look at a lab: what probes read is read once and shared by all criteria of that look. */
export interface LabView {
  readonly agent: LabAgent;
  /** Reads a project file once: null when it is absent. */
  readonly file: (path: string) => Promise<string | null>;
  /** Memoised by key for this look. */
  readonly once: <T>(key: string, read: () => Promise<T>) => Promise<T>;
}

/** Judges a lab. */
export interface Checker {
  check(tasks: readonly string[], options: { trials: boolean; waitMs: number; signal: AbortSignal }): Promise<Verdict[]>;
}
