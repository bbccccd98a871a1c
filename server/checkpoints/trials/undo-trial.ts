import type { LabEngine, TrialJournal, TrialPlan } from '../definitions.ts';

/** Takes away what a trial left, then its plan. While the engine does not answer the plan stays, for the next start. */
export async function undoTrial(plan: TrialPlan, engine: LabEngine, journal: TrialJournal): Promise<void> {
  await engine.removeTrial(plan.id);
  await journal.end(plan);
}

/** At a start: undoes the trials of a lab that a killed process left. */
export async function undoLeftovers(lab: string, engine: LabEngine, journal: TrialJournal): Promise<number> {
  const plans = (await journal.leftovers()).filter((plan) => plan.lab === lab);
  for (const plan of plans) await undoTrial(plan, engine, journal);
  return plans.length;
}
