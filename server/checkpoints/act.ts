import type { LabView, TrialView } from './definitions.ts';

/**
 * Something that only acting can prove. The learner starts it; several criteria judge what it gave.
 * It acts on objects of its own, which bear the trial's label or name or lie in its environment: the machinery removes
 * those afterwards, also when the process was killed (`trials/undo-trial.ts`).
 */
export interface Act<T> {
  /** Unique, kebab-case; also the name of its outcome in a recording. */
  readonly name: string;
  /** Counts the changes of what it gives: a recording of an earlier version is stale. */
  readonly version: number;
  /** French, shown before it starts: how long it takes, what it touches, what stays. */
  readonly announce: string;
  /** Digest of everything that the outcome depends on. The outcome holds as long as the digest stays the same. */
  readonly digest: (view: LabView) => Promise<string>;
  /** Acts once. Gives facts, plain JSON; throws `LabUnavailable` or an `EscaleError` where it could not act. */
  readonly run: (view: TrialView) => Promise<T>;
}

/** Where a look finds what an act gave: done before, done now, or read from a recording. Null where the act was not run. */
export interface ActOutcomes {
  outcome<T>(act: Act<T>, view: LabView): Promise<{ readonly done: T } | null>;
}
