import type { TrialJournal, TrialPlan } from '../../../../../server/checkpoints/definitions.ts';

/** Undo plans in memory. */
export class MemoryJournal implements TrialJournal {
  readonly plans: TrialPlan[] = [];
  readonly begun: TrialPlan[] = [];
  left: TrialPlan[] = [];

  async begin(plan: TrialPlan): Promise<void> {
    this.begun.push(plan);
    this.plans.push(plan);
  }

  async end(plan: TrialPlan): Promise<void> {
    this.left = this.left.filter(({ id }) => id !== plan.id);
    this.plans.splice(
      this.plans.findIndex(({ id }) => id === plan.id),
      1,
    );
  }

  leave(plan: TrialPlan): void {
    this.left.push(plan);
  }

  async leftovers(): Promise<TrialPlan[]> {
    return this.left;
  }
}
