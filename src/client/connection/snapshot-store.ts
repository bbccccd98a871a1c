import type { LabStatus } from '../../../contract/lab.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { Preview, SetupStatus } from '../../../contract/workspace.ts';
import type { ConnectionState } from './reconnecting-socket.ts';

export interface TaskVerdicts {
  readonly checking: boolean;
  /** ISO time of the look. */
  readonly at: string;
  readonly criteria: readonly Verdict[];
}

/** What the page knows of the server and of the lab. */
export interface LabSnapshot {
  readonly connection: ConnectionState;
  /** It was open once: what is shown is what was true then. */
  readonly known: boolean;
  /** `Date.now()` when something was last heard. */
  readonly heardAt: number | undefined;
  readonly setup: SetupStatus | undefined;
  readonly lab: LabStatus | undefined;
  /** Ports that the lab's containers publish. */
  readonly previews: readonly Preview[];
  /** `Date.now()` when the lab began to start, as seen from here. */
  readonly startingSince: number | undefined;
  /** The paths of the project that the last news of it named, a folder's standing for all it holds; `.`: any. */
  readonly changed: readonly string[];
  readonly verdicts: ReadonlyMap<string, TaskVerdicts>;
  /** The criterion whose trial was asked for and has not been answered. */
  readonly trial: string | undefined;
  readonly problem: { readonly code: string; readonly message: string; readonly hint: string } | undefined;
}

type Listener = (now: LabSnapshot, before: LabSnapshot) => void;

/** The one place where that is kept; views read it and are told when it changes. */
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
    verdicts: new Map(),
    trial: undefined,
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

  /** Calls at once and on each change; the answer ends it. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    listener(this.#now, this.#now);
    return () => this.#listeners.delete(listener);
  }
}
