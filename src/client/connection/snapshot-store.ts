import type { LabStatus } from '../../../contract/lab.ts';
import type { StackMap } from '../../../contract/stack-map.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { WorkshopStatus } from '../../../contract/workshop.ts';
import type { Preview, SetupStatus } from '../../../contract/workspace.ts';
import type { ConnectionState } from './reconnecting-socket.ts';

/** What the open lesson builds on and the project lacks. */
export interface LessonBase {
  readonly task: string;
  readonly empty: boolean;
  readonly missing: readonly string[];
}

export interface RunningTrial {
  /** The criteria that it judges; only the requested one before the server has answered. */
  readonly criteria: readonly string[];
  readonly step?: string;
  /** `Date.now()` in this browser when it was started. */
  readonly since: number;
  readonly usualMs?: number;
}

export interface TaskVerdicts {
  readonly checking: boolean;
  /** ISO time of the look. */
  readonly at: string;
  readonly criteria: readonly Verdict[];
}

/** A look that the learner asked for with « Vérifier ». */
export interface RequestedLook {
  readonly task: string;
  /** The verdicts when it was asked for. */
  readonly before: readonly Verdict[];
  /** Its result; absent until it has ended. */
  readonly after?: TaskVerdicts;
}

/** The state of the server and of the lab, as far as the page knows it. */
export interface LabSnapshot {
  readonly connection: ConnectionState;
  /** Whether the state was received at least once. While the connection is down, it shows the last known state. */
  readonly known: boolean;
  /** `Date.now()` when the last frame was received. */
  readonly heardAt: number | undefined;
  readonly setup: SetupStatus | undefined;
  readonly lab: LabStatus | undefined;
  /** Ports that the lab's containers publish. */
  readonly previews: readonly Preview[];
  /** `Date.now()` in this browser when the lab began to start. */
  readonly startingSince: number | undefined;
  /** The changed paths of the project in the latest frame. A folder's path stands for everything in it; `.` for any file. */
  readonly changed: readonly string[];
  readonly workshop: WorkshopStatus | undefined;
  /** The last one that was sent; undefined until the page shows the map. */
  readonly map: StackMap | undefined;
  readonly verdicts: ReadonlyMap<string, TaskVerdicts>;
  /** For the lesson that was open last; undefined before the first answer. */
  readonly base: LessonBase | undefined;
  /** The trial that was requested and has not ended. */
  readonly trial: RunningTrial | undefined;
  /** The last look that was asked for. */
  readonly requested: RequestedLook | undefined;
  readonly problem: { readonly code: string; readonly message: string; readonly hint: string } | undefined;
}

type Listener = (now: LabSnapshot, before: LabSnapshot) => void;

/** Holds the snapshot. Views read it and are told when it changes. */
export class SnapshotStore {
  #now: LabSnapshot = {
    connection: { kind: 'connecting' },
    known: false,
    heardAt: undefined,
    setup: undefined,
    lab: undefined,
    previews: [],
    startingSince: undefined,
    changed: [],
    workshop: undefined,
    map: undefined,
    verdicts: new Map(),
    base: undefined,
    trial: undefined,
    requested: undefined,
    problem: undefined,
  };
  readonly #listeners = new Set<Listener>();

  get now(): LabSnapshot {
    return this.#now;
  }

  set(change: Partial<LabSnapshot>): void {
    const before = this.#now;
    this.#now = { ...before, ...change };
    for (const listener of [...this.#listeners]) listener(this.#now, before);
  }

  /** Calls the listener at once and on each change. Returns a function that removes it. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    listener(this.#now, this.#now);
    return () => this.#listeners.delete(listener);
  }
}
