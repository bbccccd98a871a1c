import type { LabStep } from '../../../contract/lab.ts';

type StepId = LabStep['id'];

/** Reports the steps of a start with their durations; each is reported once as running and once as done. */
export class StepClock {
  readonly #report: (step: LabStep) => void;
  readonly #since = new Map<StepId, number>();
  readonly #done = new Set<StepId>();

  constructor(report: (step: LabStep) => void) {
    this.#report = report;
  }

  begin(id: StepId): this {
    if (this.#since.has(id)) return this;
    this.#since.set(id, performance.now());
    this.#report({ id, state: 'running' });
    return this;
  }

  done(...ids: readonly StepId[]): this {
    for (const id of ids) {
      if (this.#done.has(id)) continue;
      this.#done.add(id);
      this.#report({ id, state: 'done', tookMs: Math.round(performance.now() - (this.#since.get(id) ?? performance.now())) });
    }
    return this;
  }

  /** The step that runs now, if any. */
  current(): StepId | undefined {
    return [...this.#since.keys()].find((id) => !this.#done.has(id));
  }

  fail(): void {
    const id = this.current();
    if (id !== undefined) this.#report({ id, state: 'failed' });
  }
}
