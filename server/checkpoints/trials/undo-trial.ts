import type { LabEngine, TrialJournal, TrialPlan } from '../definitions.ts';

/** Takes away what a trial left, then its plan. While the engine does not answer the plan stays, for the next start. */
export async function undoTrial(plan: TrialPlan, engine: LabEngine, journal: TrialJournal): Promise<void> {
  await engine.removeTrial(plan.id);
  await journal.end(plan);
}

/** At a start: takes away what looks and trials of a killed process left. */
export async function undoLeftovers(lab: string, engine: LabEngine, journal: TrialJournal): Promise<void> {
  await engine.removeLooks();
  await undoPlans(lab, engine, journal);
}

/** Undoes the trials of a lab that did not come to their end. */
export async function undoPlans(lab: string, engine: LabEngine, journal: TrialJournal): Promise<void> {
  for (const plan of await journal.leftovers()) if (plan.lab === lab) await undoTrial(plan, engine, journal);
}
