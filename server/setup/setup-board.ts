import { EventEmitter } from 'node:events';
import type { CourseImage, SetupStatus, SetupStep } from '../../contract/workspace.ts';
import { asEscaleError } from '../errors/as-escale-error.ts';

export interface StepPlan {
  readonly id: string;
  /** In French, shown unchanged. */
  readonly title: string;
  readonly blocksLab: boolean;
}

type Change = Pick<SetupStep, 'state' | 'detail' | 'tookMs' | 'problem'>;

/** The steps of the preparation and their states. Emits `change`. */
export class SetupBoard extends EventEmitter<{ change: [] }> {
  #steps: SetupStep[];
  #images: CourseImage[] | undefined;

  constructor(plan: readonly StepPlan[]) {
    super();
    this.#steps = plan.map((step) => ({ ...step, state: 'todo' }));
  }

  status(): SetupStatus {
    return { steps: this.#steps, ...(this.#images && { images: this.#images }) };
  }

  /** Sets the images that labs can pull from now on. */
  showImages(images: CourseImage[]): void {
    if (JSON.stringify(images) === JSON.stringify(this.#images)) return;
    this.#images = images;
    this.emit('change');
  }

  /** Runs one step and shows its state. A failure is shown and rethrown. A step that was done stays done while it is checked again. */
  async run<T>(id: string, work: (progress: (line: string) => void) => Promise<T>): Promise<T> {
    const began = performance.now();
    const before = this.#find(id);
    if (before?.state !== 'done') this.#set(id, { state: 'running' });
    try {
      const result = await work((line) => this.#set(id, { state: 'running', detail: line.slice(0, 300) }));
      if (this.#find(id) !== before) this.#set(id, { state: 'done', tookMs: performance.now() - began });
      return result;
    } catch (error) {
      // Whoever stopped it knows.
      if (error instanceof Error && error.name === 'AbortError') this.#set(id, { state: 'todo' });
      else this.#set(id, { state: 'failed', problem: asEscaleError(error).toBody().error });
      throw error;
    }
  }

  #find(id: string): SetupStep | undefined {
    return this.#steps.find((step) => step.id === id);
  }

  #set(id: string, change: Change): void {
    const step = this.#find(id);
    if (step === undefined || isSame(step, change)) return;
    const { title, blocksLab } = step;
    this.#steps = this.#steps.map((known) => (known === step ? { id, title, blocksLab, ...change } : known));
    this.emit('change');
  }
}

function isSame(step: SetupStep, change: Change): boolean {
  return (
    step.state === change.state &&
    step.detail === change.detail &&
    step.tookMs === change.tookMs &&
    step.problem?.code === change.problem?.code &&
    step.problem?.message === change.problem?.message
  );
}
