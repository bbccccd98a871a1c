import type { FileEntry } from '../../contract/files.ts';
import type { SourceState, SourceUser } from '../../contract/source.ts';
import type { Diagnosis, Evidence, Remark, Verdict } from '../../contract/verdict.ts';
import type { Act } from './act.ts';

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
  readonly project: ProjectFiles;
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

export interface EngineImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly createdMs: number;
}

export interface HealthSetting {
  /** As the engine keeps it: `CMD …`, `CMD-SHELL text`, `NONE`. */
  readonly test: readonly string[];
}

/** An image's configuration and history. */
export interface ImageFacts extends EngineImage {
  readonly sizeBytes: number;
  readonly user: string;
  readonly workdir: string;
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly shell: readonly string[];
  readonly health: HealthSetting | null;
  /** Oldest first. */
  readonly history: readonly { readonly createdBy: string; readonly sizeBytes: number }[];
}

export interface PathStat {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly mode: number;
  readonly size: number;
  /** Where a link leads, absolute. */
  readonly target: string | null;
}

/** Reads inside an image without running anything of it. */
export interface ImageFiles {
  stat(image: string, path: string): Promise<PathStat | null>;
  text(image: string, path: string): Promise<string | null>;
  /** The first regular file below a folder, or null when there is none. */
  firstFile(image: string, folder: string): Promise<string | null>;
}

/** A container as the engine tells it. Times in milliseconds since 1970, 0 for never. */
export interface ContainerFacts {
  readonly id: string;
  /** Without its leading slash. */
  readonly name: string;
  /** The id of its image, and the name it was asked for by. */
  readonly image: string;
  readonly imageName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  /** Why the engine could not start it; empty otherwise. */
  readonly error: string;
  readonly oomKilled: boolean;
  readonly restarts: number;
  readonly createdMs: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  readonly health: { readonly status: 'starting' | 'healthy' | 'unhealthy'; readonly lastOutput: string } | null;
  readonly user: string;
  readonly env: readonly string[];
  readonly mounts: readonly ContainerMount[];
  readonly networks: readonly string[];
  /** Ports that answer on the lab: `container` inside, `host` outside. */
  readonly ports: readonly { readonly container: number; readonly host: number; readonly address: string }[];
}

export interface ContainerMount {
  readonly kind: 'bind' | 'volume' | 'tmpfs' | 'other';
  /** A folder of the lab for a bind, a volume's name for a volume. */
  readonly source: string;
  readonly target: string;
  readonly writable: boolean;
}

export interface TrialRun {
  readonly image: string;
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

export interface ContainerRun {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  readonly env?: readonly string[];
  readonly user?: string;
  readonly maxBytes?: number;
}

export interface TrialRunResult {
  readonly code: number;
  readonly timedOut: boolean;
  readonly output: string;
}

export interface EngineEvent {
  readonly type: string;
  readonly action: string;
}

/** The Docker Engine that is judged. Every call is bounded in time and throws `LabUnavailable` when the engine does not answer. */
export interface LabEngine {
  images(): Promise<readonly EngineImage[]>;
  /** By id or name; null when there is none. */
  image(reference: string): Promise<ImageFacts | null>;
  /** Opens images for reading; `close` takes away all that it needed. */
  openImages(): ImageFiles & { close(): Promise<void> };
  /** Every container, stopped ones too, newest first; those of trials and looks are left out. */
  containers(): Promise<readonly ContainerFacts[]>;
  /** One container by its id or name, a trial's too; null when there is none. */
  container(reference: string): Promise<ContainerFacts | null>;
  /** The end of a container's logs, both outputs in their order, without control sequences. */
  logs(container: string, options: { maxBytes: number; sinceMs?: number }): Promise<string>;
  /** Runs a command that only reads in a running container, as `docker exec` would; null where the container is not there or does not run. */
  execIn(container: string, run: ContainerRun): Promise<TrialRunResult | null>;
  /** Runs a command in a container that waits, without network, as the image's user, and removes it. Labelled for `removeTrial`. */
  tryInside(trial: string, run: TrialRun): Promise<TrialRunResult>;
  /** Removes every container, network, volume and image name that a trial left. */
  removeTrial(trial: string): Promise<void>;
  /** Removes every container that a look left. */
  removeLooks(): Promise<void>;
  /** Until `signal`; ends when the engine goes away. What trials and looks do is left out. */
  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<void>;
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
