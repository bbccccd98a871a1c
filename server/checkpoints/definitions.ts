import type { FileEntry } from '../../contract/files.ts';
import type { SourceState, SourceUser } from '../../contract/source.ts';
import type { Diagnosis, Evidence, Remark, Verdict } from '../../contract/verdict.ts';
import type { ImageFiles, LabEngine } from '../lab-engine/definitions.ts';
import type { Act } from './act.ts';
import type { StackNetwork } from './network/definitions.ts';

/** What a criterion finds, before it is masked and bounded into a verdict. */
export type Finding =
  | { readonly verdict: 'met'; readonly remarks?: readonly Remark[]; readonly evidence?: readonly Evidence[] }
  | {
      readonly verdict: 'not-met' | 'cannot-tell';
      readonly diagnosis: Diagnosis;
      /** With `not-met`: nothing that the criterion reads has been begun. */
      readonly untouched?: boolean;
      readonly remarks?: readonly Remark[];
      readonly evidence?: readonly Evidence[];
    };

/** How one criterion of the plan (`content/plan.json`: row, points, judge, title) is judged. */
export interface Criterion {
  readonly id: string;
  /** Ids of criteria that must be met first. */
  readonly needs: readonly string[];
  /** For the judge `trial` only: the act that must have run. */
  readonly act: Act<unknown> | undefined;
  /** `done`: the outcome of the act; undefined for a criterion without one. */
  readonly judge: (view: LabView, done?: unknown) => Promise<Finding>;
}

/** One look at a lab: each question is asked once, and all criteria of the look share the answer. */
export interface LabView {
  readonly engine: LabEngine;
  readonly images: ImageFiles;
  readonly network: StackNetwork;
  /** A text file of the project. Null if it is absent, not a file, or not text. */
  readonly file: (path: string) => Promise<string | null>;
  /** Everything in the project folder. */
  readonly entries: () => Promise<readonly FileEntry[]>;
  /** Names of the files and folders at the project's root. */
  readonly rootNames: () => Promise<readonly string[]>;
  /** Runs a program that only reads, as the learner, in the project folder. The same command runs once per look. */
  readonly tool: (argv: readonly string[]) => Promise<ToolResult>;
  /** Keeps the answer under this key for the rest of the look. */
  readonly once: <T>(key: string, read: () => Promise<T>) => Promise<T>;
  /** The time of this look by the server's clock, in milliseconds since 1970. Readers of containers ask for it after they have read the containers. */
  readonly now: () => Promise<number>;
  /** Aborts every read of this look. */
  readonly signal: AbortSignal;
}

/** What an act works with: all that a look has, and more. */
export interface TrialView extends LabView {
  /** The trial's id: in the label or the name of everything that it creates. */
  readonly trial: string;
  /** Runs a program as the learner, in the project folder, each time it is called. */
  readonly run: (argv: readonly string[], options: ToolOptions) => Promise<ToolResult>;
  /** Null if there is no lab, and therefore no data source that a trial may set. */
  readonly environment: TrialEnvironment | null;
}

/** What is judged: a learner's folder and the engine beside it, in a lab or on the learner's own machine. */
export interface Subject {
  readonly engine: LabEngine;
  readonly network: StackNetwork;
  readonly project: ProjectFiles;
  /** The same subject, with all its reads aborted by the signal. */
  within(signal: AbortSignal): Subject;
  /** Milliseconds since 1970. */
  readonly now: () => number | Promise<number>;
  readonly environment: TrialEnvironment | null;
}

/** What a trial needs besides the engine: a folder of its own, and a data source that it controls. */
export interface TrialEnvironment {
  /** The trial's folder: an absolute path on the engine's machine, outside the project. The trial creates it. */
  folder(trial: string): string;
  readonly source: TrialSource;
  /** Kills the trial's processes outside of containers. */
  stop(trial: string): Promise<void>;
  /** Removes the folder, whoever owns its files, and the scenarios. */
  clear(trial: string): Promise<void>;
}

/** The lab's data source, as trials use it. A scenario is a separate source; its name begins with the trial's id. */
export interface TrialSource {
  /** The address of a scenario, for the lab's containers. */
  url(name: string): string;
  /** Sets what the scenario answers from now on. Absent switches are normal. Resets its count of requests. */
  set(name: string, state: Partial<SourceState>): Promise<void>;
  /** Number of requests since the scenario was set. */
  requests(name: string): Promise<number>;
  /** What the everyday source returns now. */
  users(): Promise<readonly SourceUser[]>;
}

export interface ProjectFiles {
  read(path: string): Promise<string | null>;
  /** Every file, folder and link, parents before children, at most `TREE_ENTRIES` of the contract. */
  entries(): Promise<readonly FileEntry[]>;
  /** Runs a program as the learner, in the project folder, without a terminal. Throws `LabUnavailable` only if nothing could be run. */
  run(argv: readonly string[], options: ToolOptions): Promise<ToolResult>;
}

export interface ToolOptions {
  readonly timeoutMs: number;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The result of a program. Both outputs are bounded. `code` 127: there is no such program. */
export interface ToolResult {
  readonly code: number;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** What must be undone if the process dies while a trial acts. */
export interface TrialPlan {
  readonly id: string;
  readonly lab: string;
  /** The act's name. */
  readonly act: string;
  readonly startedAt: string;
}

/** Keeps undo plans that survive a crash, and allows one trial at a time per lab. */
export interface TrialJournal {
  /** Throws `trial.running` while another trial of this lab runs. */
  begin(plan: TrialPlan): Promise<void>;
  end(plan: TrialPlan): Promise<void>;
  /** The trial has ended but could not be undone: its plan stays, like one of a killed process. */
  leave(plan: TrialPlan): void;
  /** The plans that a killed process left. */
  leftovers(): Promise<TrialPlan[]>;
}

/** Judges a lab; looks never overlap. */
export interface Checker {
  check(tasks: readonly string[], options: { trials: boolean; waitMs: number; signal: AbortSignal }): Promise<Verdict[]>;
  /** Runs the trial of one criterion; its outcome is kept for the looks that follow. */
  tryOne(criterion: string, signal: AbortSignal): Promise<Verdict>;
}
