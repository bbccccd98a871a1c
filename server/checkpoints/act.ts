import type { LabView, TrialView } from './definitions.ts';

/**
 * Something that only acting can prove. The learner starts it; several criteria judge its outcome.
 * It acts only on objects of its own: they carry the trial's label or name, or lie in its environment. The machinery
 * removes them afterwards, even if the process was killed (`trials/undo-trial.ts`).
 */
export interface Act<T> {
  /** Unique, kebab-case; also the name of its outcome in a recording. */
  readonly name: string;
  /** Increased when the outcome changes: a recording of an earlier version is stale. */
  readonly version: number;
  /** French, shown before it starts: how long it takes, what it touches, what stays. */
  readonly announce: string;
  /** How long it usually takes, told before it has run here. */
  readonly usualMs: number;
  /** Digest of everything that the outcome depends on. The outcome holds as long as the digest stays the same. */
  readonly digest: (view: LabView) => Promise<string>;
  /** Acts once and returns facts as plain JSON. Throws `LabUnavailable` or an `EscaleError` if it could not act. */
  readonly run: (view: TrialView) => Promise<T>;
}

/** Where a look finds the outcome of an act: kept from an earlier run, from a run now, or from a recording. Null if the act was not run. */
export interface ActOutcomes {
  outcome<T>(act: Act<T>, view: LabView): Promise<{ readonly done: T } | null>;
}
