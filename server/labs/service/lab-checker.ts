import type { Verdict } from '../../../contract/verdict.ts';
import type { CheckOptions } from './definitions.ts';

/** What a trial is at. */
export interface TrialProgress {
  readonly act: string;
  /** The criteria that it judges. */
  readonly criteria: readonly string[];
  /** French: « Votre image se construit ». */
  readonly step: string;
  readonly usualMs: number;
}

/** Judges one lab as it is reached now. Looks and trials of a lab follow one another. */
export interface LabChecker {
  /** Judges the tasks; empty: all. */
  check(tasks: readonly string[], options: CheckOptions): Promise<Verdict[]>;
  /** Runs the trial of one criterion. */
  tryOne(criterion: string, signal: AbortSignal, onProgress?: (progress: TrialProgress) => void): Promise<Verdict>;
  /** Tells that something happened on the lab's engine, until `signal` or the engine's end. */
  engineEvents(onEvent: () => void, signal: AbortSignal): Promise<void>;
}
