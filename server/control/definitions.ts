import type { LabStarted, LabStatus, LabStep } from '../../contract/lab.ts';
import type { CheckReport } from '../../contract/verdict.ts';
import type { LabAgent } from '../agents/definitions.ts';
import type { SourceControl } from '../labs/source-control.ts';

export interface StartOptions {
  /** An existing lab to restart, or the id of a new one. Absent: a new lab with a random id. */
  readonly lab?: string;
  readonly onStep?: (step: LabStep) => void;
  readonly signal?: AbortSignal;
}

export interface CheckOptions {
  readonly trials: boolean;
  /** Repeats the look for up to this time while any code begins with `wait.`; 0: one look. */
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

export interface ResetReport {
  /** Path of a tar with the previous project; null when there was none. */
  readonly archive: string | null;
}

/**
 * The operations on a lab. All are idempotent and bounded. Errors are `EscaleError`: an unknown lab is `lab.unknown` (usage), a missing
 * engine `engine.unreachable` (unavailable).
 */
export interface LabControl {
  /** Resolves once the lab is `ready`. A lab that is already ready is returned unchanged. */
  start(options?: StartOptions): Promise<LabStarted>;
  list(): Promise<LabStatus[]>;
  status(lab: string): Promise<LabStatus>;
  stop(lab: string, signal?: AbortSignal): Promise<LabStatus>;
  reset(lab: string, signal?: AbortSignal): Promise<ResetReport>;
  remove(lab: string, signal?: AbortSignal): Promise<void>;
  /** The agent of a ready lab; usable after `close()` too. */
  agent(lab: string): Promise<LabAgent>;
  /** The control of a ready lab's data source. */
  source(lab: string): Promise<SourceControl>;
  /** Judges these tasks; all tasks if empty. */
  check(lab: string, tasks: readonly string[], options: CheckOptions): Promise<CheckReport>;
}

/** What the command line uses: the running server, or the same services in this process with the state folder locked. */
export interface Control {
  readonly via: 'server' | 'local';
  readonly labs: LabControl;
  /** Releases the lock; labs keep running. */
  close(): Promise<void>;
}
