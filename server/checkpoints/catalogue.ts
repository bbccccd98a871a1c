import { TASKS } from '../../contract/plan.ts';
import { EscaleError } from '../errors/escale-error.ts';
import type { Criterion } from './definitions.ts';
import { plan } from './plan.ts';
import { task11 } from './tasks/1.1/index.ts';
import { task12 } from './tasks/1.2/index.ts';
import { task13 } from './tasks/1.3/index.ts';
import { task14 } from './tasks/1.4/index.ts';
import { task15 } from './tasks/1.5/index.ts';
import { task21 } from './tasks/2.1/index.ts';
import { task22 } from './tasks/2.2/index.ts';
import { task23 } from './tasks/2.3/index.ts';
import { task24 } from './tasks/2.4/index.ts';

const ALL: readonly Criterion[] = [...task11, ...task12, ...task13, ...task14, ...task15, ...task21, ...task22, ...task23, ...task24];

/** The tasks that have criteria here, in the brief's order. The plan lists other tasks too. */
export function knownTasks(): string[] {
  return TASKS.filter((task) => ALL.some(({ id }) => id.startsWith(`${task}/`)));
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
    .flatMap(({ id }) => ALL.find((one) => one.id === id) ?? []);
}

/** The criterion and all others that are judged by the same act, in judging order. */
export function inOneAct(id: string): string[] {
  const { act } = criterion(id);
  return act === undefined ? [id] : ALL.filter((one) => one.act === act).map((one) => one.id);
}

export function criterion(id: string): Criterion {
  const found = ALL.find((one) => one.id === id);
  if (found) return found;
  throw new EscaleError('usage', 'criterion.unknown', {
    message: `Le critère « ${id} » n’existe pas.`,
    hint: `Les critères sont : ${ALL.map((one) => one.id).join(', ')}.`,
  });
}
