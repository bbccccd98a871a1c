import type { LabArchives, LabChange, LabStarted, LabStatus, LabStep } from '../../../contract/lab.ts';
import type { CheckReport } from '../../../contract/verdict.ts';
import type { Learner } from '../../learner.ts';
import type { LabAgent } from '../agents/definitions.ts';
import type { SourceControl } from '../source/source-control.ts';

export interface StartOptions {
  /** An existing lab to start again, or the id of a new one; absent: a new lab under a random id. */
  readonly lab?: string;
  readonly onStep?: (step: LabStep) => void;
  readonly signal?: AbortSignal;
}

export interface CheckOptions {
  readonly trials: boolean;
  /** Looks again for so long while any code begins with `wait.`; 0: one look. */
  readonly waitMs: number;
  /** Whose progress keeps what is met; absent: nobody's. A running server goes by the token instead. */
  readonly learner?: Learner;
  readonly signal?: AbortSignal;
}

export interface ReplaceOptions {
  /** Called with each new state of the change, where this process makes it. */
  readonly onChange?: (change: LabChange) => void;
  readonly signal?: AbortSignal;
}

export interface ReplaceReport {
  /** Path of the tar of the project as it was, or null when there was none to keep. */
  readonly archive: string | null;
}

/** The verbs of a lab. All idempotent and bounded; an unknown lab is `EscaleError` `lab.unknown` (usage), no engine is `engine.unreachable` (unavailable). */
export interface LabControl {
  /** Returns once the lab is `ready`. A lab that is ready already is returned as it is. */
  start(options?: StartOptions): Promise<LabStarted>;
  list(): Promise<LabStatus[]>;
  status(lab: string): Promise<LabStatus>;
  stop(lab: string, signal?: AbortSignal): Promise<LabStatus>;
  /** Archives the project, empties the engine, puts the starter back. */
  reset(lab: string, options?: ReplaceOptions): Promise<ReplaceReport>;
  /** The archives of a lab's project. */
  archives(lab: string): Promise<LabArchives>;
  /** Archives the project, then makes it equal to an archive. */
  restore(lab: string, archive: string, options?: ReplaceOptions): Promise<ReplaceReport>;
  remove(lab: string, signal?: AbortSignal): Promise<void>;
  /** The agent of a ready lab; it stays usable after `close()`. */
  agent(lab: string): Promise<LabAgent>;
  /** The switches of a ready lab's data source. */
  source(lab: string): Promise<SourceControl>;
  /** Judges the tasks; empty: all. */
  check(lab: string, tasks: readonly string[], options: CheckOptions): Promise<CheckReport>;
}
