import type { Readable } from 'node:stream';
import type { ChangeStep, LabArchive, LabChange } from '../../../contract/lab.ts';
import { asEscaleError } from '../../errors/as-escale-error.ts';
import type { LabAgent } from '../agents/definitions.ts';
import type { Archives } from './archives.ts';

/** What replaces the project of a ready lab. */
export type ProjectChange =
  /** The starter, with an empty engine. */
  | { readonly kind: 'reset' }
  /** The project in the state before a task; containers, images and volumes are kept. */
  | { readonly kind: 'state'; readonly task: string }
  /** An archive given back; containers, images and volumes are kept. */
  | { readonly kind: 'restore'; readonly archive: string };

export interface ChangeOptions {
  readonly lab: string;
  readonly agent: LabAgent;
  readonly archives: Archives;
  /** Replaces the lab by one with a new engine and the same home; reports each step. Returns its agent. */
  readonly renewLab: (begin: (step: 'stop' | 'empty' | 'start') => void) => Promise<LabAgent>;
  /** The state before a task as a tar; null: the starter. */
  readonly projectBefore: (task: string | null) => Promise<Readable>;
  readonly signal: AbortSignal;
  /** Called with each new state of the change. */
  readonly onChange: (change: LabChange) => void;
}

const STEPS = {
  reset: ['archive', 'stop', 'empty', 'start', 'project'],
  state: ['archive', 'project'],
  restore: ['archive', 'project'],
} as const;

/**
 * Archives the project, then replaces it. The archive is complete before anything is removed, and what is put is read completely before
 * the project changes. Returns the archive, or null if there was nothing to keep.
 */
export async function changeProject(change: ProjectChange, options: ChangeOptions): Promise<LabArchive | null> {
  const { lab, archives, renewLab, projectBefore, signal } = options;
  let { agent } = options;
  const progress = new ChangeProgress(change, options.onChange);
  try {
    if (change.kind === 'restore') await archives.find(lab, change.archive);
    progress.begin('archive');
    const onBytes = (bytes: number): void => progress.wrote(bytes);
    const archive = await archives.keep({ lab, agent, cause: change.kind, signal, onBytes });
    progress.archived(archive, archive === null ? null : archives.path(archive.name));
    if (change.kind === 'reset') agent = await renewLab((step) => progress.begin(step));
    progress.begin('project');
    await agent.putTree(
      change.kind === 'restore'
        ? await archives.open(lab, change.archive)
        : await projectBefore(change.kind === 'state' ? change.task : null),
    );
    await archives.prune(lab, change.kind === 'restore' ? change.archive : null);
    progress.end();
    return archive;
  } catch (error) {
    progress.fail(error);
    throw error;
  }
}

/** Megabytes between two lines of the archive's progress. */
const TELL_BYTES = 8 * 1024 ** 2;

class ChangeProgress {
  readonly #onChange: (change: LabChange) => void;
  #now: LabChange;
  #began = performance.now();
  #told = 0;

  constructor(change: ProjectChange, onChange: (change: LabChange) => void) {
    this.#onChange = onChange;
    this.#now = {
      id: new Date().toISOString(),
      kind: change.kind,
      ...(change.kind === 'state' ? { task: change.task } : {}),
      state: 'running',
      steps: STEPS[change.kind].map((id) => ({ id, state: 'todo' })),
    };
    this.#tell({});
  }

  /** The step runs, and those before it are done. */
  begin(id: ChangeStep['id'], detail?: string): void {
    const at = this.#now.steps.findIndex((step) => step.id === id);
    const running = this.#now.steps.findIndex((step) => step.state === 'running');
    const tookMs = performance.now() - this.#began;
    if (running !== at) this.#began = performance.now();
    const steps = this.#now.steps.map((step, index): ChangeStep => {
      if (index === at) return { id, state: 'running', ...(detail === undefined ? {} : { detail }) };
      if (index === running) return { id: step.id, state: 'done', tookMs };
      return index < at && step.state === 'todo' ? { id: step.id, state: 'done', tookMs: 0 } : step;
    });
    this.#tell({ steps });
  }

  wrote(bytes: number): void {
    if (bytes - this.#told < TELL_BYTES) return;
    this.#told = bytes;
    this.begin('archive', `${Math.round(bytes / 1024 ** 2)} Mio`);
  }

  archived(archive: LabArchive | null, path: string | null): void {
    this.#tell({ archive: archive === null || path === null ? null : { ...archive, path } });
  }

  end(): void {
    const tookMs = performance.now() - this.#began;
    const steps = this.#now.steps.map((step): ChangeStep => (step.state === 'running' ? { id: step.id, state: 'done', tookMs } : step));
    this.#tell({ state: 'done', steps });
  }

  fail(thrown: unknown): void {
    const steps = this.#now.steps.map((step): ChangeStep => (step.state === 'running' ? { ...step, state: 'failed' } : step));
    this.#tell({ state: 'failed', steps, problem: asEscaleError(thrown).toBody().error });
  }

  #tell(change: Partial<LabChange>): void {
    this.#now = { ...this.#now, ...change };
    this.#onChange(this.#now);
  }
}
