import { readFileSync } from 'node:fs';
import { type Plan, type PlanCriterion, planSchema } from '../../contract/plan.ts';

let loaded: Plan | undefined;

/** The plan of points, read once from `content/plan.json`. */
export function plan(): Plan {
  loaded ??= planSchema.parse(JSON.parse(readFileSync(new URL('../../content/plan.json', import.meta.url), 'utf8')));
  return loaded;
}

/** What the plan says of a criterion. */
export function planned(id: string): PlanCriterion {
  const found = plan().criteria.find((criterion) => criterion.id === id);
  if (!found) throw new Error(`criterion ${id} is not in content/plan.json`);
  return found;
}
