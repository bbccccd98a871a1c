import type { Verdict } from '../../../contract/verdict.ts';
import type { CheckOptions } from './definitions.ts';

/** Judges one lab as it is reached now. Looks and trials of a lab follow one another. */
export interface LabJudge {
  /** Judges the tasks; empty: all. */
  check(tasks: readonly string[], options: CheckOptions): Promise<Verdict[]>;
  /** Runs the trial of one criterion. */
  tryOne(criterion: string, signal: AbortSignal): Promise<Verdict>;
  /** Tells that something happened on the lab's engine, until `signal` or the engine's end. */
  engineEvents(onEvent: () => void, signal: AbortSignal): Promise<void>;
}
