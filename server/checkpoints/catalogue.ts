import { TASKS } from '../../contract/plan.ts';
import { EscaleError } from '../errors/escale-error.ts';
import type { Criterion } from './definitions.ts';
import { plan } from './plan.ts';
import { task13 } from './tasks/1.3/index.ts';

const ALL: readonly Criterion[] = [...task13];

/** The tasks that have criteria, in the brief's order. */
export function knownTasks(): string[] {
  const planned = new Set(plan().criteria.map(({ task }) => task));
  return TASKS.filter((task) => planned.has(task));
}

/** The criteria of a task, in the plan's order; none for a task that is not judged yet. */
export function criteriaOf(task: string): Criterion[] {
  if (!TASKS.includes(task)) {
    throw new EscaleError('usage', 'task.unknown', {
      message: `La tâche « ${task} » n’existe pas.`,
      hint: `Les tâches sont : ${TASKS.join(', ')}.`,
    });
  }
  return plan()
    .criteria.filter((criterion) => criterion.task === task)
    .map(({ id }) => criterion(id));
}

export function criterion(id: string): Criterion {
  const found = ALL.find((one) => one.id === id);
  if (found) return found;
  throw new EscaleError('usage', 'criterion.unknown', {
    message: `Le critère « ${id} » n’existe pas.`,
    hint: `Les critères sont : ${ALL.map((one) => one.id).join(', ')}.`,
  });
}
