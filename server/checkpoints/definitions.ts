import type { FileEntry } from '../../contract/files.ts';
import type { SourceState, SourceUser } from '../../contract/source.ts';
import type { Diagnosis, Evidence, Remark, Verdict } from '../../contract/verdict.ts';
import type { ImageFiles, LabEngine } from '../lab-engine/definitions.ts';
import type { Act } from './act.ts';
import type { StackNetwork } from './network/definitions.ts';

/** What a probe found. Probes never throw for a learner's mistake; they throw `LabUnavailable` when they could not look. */
export type Finding =
  | { readonly verdict: 'met'; readonly remarks?: readonly Remark[]; readonly evidence?: readonly Evidence[] }
  | {
      readonly verdict: 'not-met' | 'cannot-tell';
      readonly diagnosis: Diagnosis;
      readonly remarks?: readonly Remark[];
      readonly evidence?: readonly Evidence[];
    };

/** How one criterion of the plan (`content/plan.json`: row, points, judge, title) is judged. */
export interface Criterion {
  readonly id: string;
  /** Ids of criteria that must be met first. */
  readonly needs: readonly string[];
  /** For the judge `trial` only: what must have been done. */
  readonly act: Act<unknown> | undefined;
  /** `done`: the outcome of the act; undefined for a criterion without one. */
  readonly judge: (view: LabView, done?: unknown) => Promise<Finding>;
}

/** One look at a lab: what probes read is read once and shared by all criteria of that look. */
export interface LabView {
  readonly engine: LabEngine;
  readonly images: ImageFiles;
  readonly network: StackNetwork;
  /** A text file of the project: null when it is absent, not a file, or not text. */
  readonly file: (path: string) => Promise<string | null>;
  /** Everything in the project folder. */
  readonly entries: () => Promise<readonly FileEntry[]>;
  /** Names of the files and folders at the project's root. */
  readonly rootNames: () => Promise<readonly string[]>;
  /** Runs a program that only reads, as the learner, in the project folder; read once for the same words. */
  readonly tool: (argv: readonly string[]) => Promise<ToolResult>;
  /** Memoised by key for this look. */
  readonly once: <T>(key: string, read: () => Promise<T>) => Promise<T>;
  /** The time of this look, on the clock of the server: milliseconds since 1970. Readers of containers ask for it once they have read them. */
  readonly now: () => Promise<number>;
  /** Ends every read of this look. */
  readonly signal: AbortSignal;
}

/** What an act works with, beside all that a look reads. */
export interface TrialView extends LabView {
  /** The trial's id: on the label or in the name of all that it makes. */
  readonly trial: string;
  /** Runs a program as the learner, in the project folder, each time it is called. */
  readonly run: (argv: readonly string[], options: ToolOptions) => Promise<ToolResult>;
  /** Null where there is no lab, and so no source that a trial may set. */
  readonly environment: TrialEnvironment | null;
}

/** What is judged: a learner's folder and the engine beside it, in a lab or on the learner's own machine. */
export interface Subject {
  readonly engine: LabEngine;
  readonly network: StackNetwork;
  readonly project: ProjectFiles;
  /** The same subject, whose every read ends with the signal. */
  within(signal: AbortSignal): Subject;
  /** Milliseconds since 1970. */
  readonly now: () => number | Promise<number>;
  readonly environment: TrialEnvironment | null;
}

/** What a trial needs beside the engine: a folder of its own, and a data source that answers as it wants. */
export interface TrialEnvironment {
  /** Where the trial keeps its files: an absolute path on the engine's machine, outside the project. Not made yet. */
  folder(trial: string): string;
  readonly source: TrialSource;
  /** Ends what the trial still runs beside the engine. */
  stop(trial: string): Promise<void>;
  /** Takes away the folder, whoever owns what is in it, and the scenarios. */
  clear(trial: string): Promise<void>;
}

/** The lab's data source, as trials use it: a scenario is a source of its own, whose name begins with the trial's id. */
export interface TrialSource {
  /** Where the lab's containers read a scenario. */
  url(name: string): string;
  /** What the scenario answers from now on; absent switches are normal. Its requests are counted anew. */
  set(name: string, state: Partial<SourceState>): Promise<void>;
  /** How often the scenario was asked since it was set. */
  requests(name: string): Promise<number>;
  /** What the everyday source answers now. */
  users(): Promise<readonly SourceUser[]>;
}

export interface ProjectFiles {
  read(path: string): Promise<string | null>;
  /** Every file, folder and link, parents before children; cut at the contract's `TREE_ENTRIES`. */
  entries(): Promise<readonly FileEntry[]>;
  /** Runs a program as the learner, in the project folder, without a terminal. Throws `LabUnavailable` only where nothing could be run. */
  run(argv: readonly string[], options: ToolOptions): Promise<ToolResult>;
}

export interface ToolOptions {
  readonly timeoutMs: number;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a program gave; each output is bounded. `code` 127: there is no such program. */
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

/** Keeps undo plans where a crash cannot take them; one trial at a time for a lab. */
export interface TrialJournal {
  /** Throws `trial.running` while another trial of this lab acts. */
  begin(plan: TrialPlan): Promise<void>;
  end(plan: TrialPlan): Promise<void>;
  /** The trial acts no more and could not be undone: its plan stays, as one that a killed process left. */
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
