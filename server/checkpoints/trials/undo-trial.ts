import type { Subject, TrialJournal, TrialPlan } from '../definitions.ts';

type Touched = Pick<Subject, 'engine' | 'environment'>;

/** Takes away what a trial left, then its plan. While lab or engine do not answer the plan stays, for the next start. */
export async function undoTrial(plan: TrialPlan, { engine, environment }: Touched, journal: TrialJournal): Promise<void> {
  try {
    await environment?.stop(plan.id);
    await engine.removeTrial(plan.id);
    await environment?.clear(plan.id);
  } catch (error) {
    journal.leave(plan);
    throw error;
  }
  await journal.end(plan);
}

/** At a start: takes away what looks and trials of a killed process left. */
export async function undoLeftovers(lab: string, touched: Touched, journal: TrialJournal): Promise<void> {
  await touched.engine.removeLooks();
  await undoPlans(lab, touched, journal);
}

/** Undoes the trials of a lab that did not come to their end. */
export async function undoPlans(lab: string, touched: Touched, journal: TrialJournal): Promise<void> {
  for (const plan of await journal.leftovers()) if (plan.lab === lab) await undoTrial(plan, touched, journal);
}
