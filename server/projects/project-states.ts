import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TASKS } from '../../contract/plan.ts';
import { EscaleError } from '../errors/escale-error.ts';
import { overlay, type Project } from './project.ts';
import { readFolder } from './read-folder.ts';

const SOLUTIONS = fileURLToPath(new URL('../../lab-stack/solution/', import.meta.url));

/** The project in the state of the reference solution after a task. */
export async function projectAfter(task: string): Promise<Project> {
  return overlaySolutions(position(task) + 1);
}

/** The project before a task, with all earlier tasks solved. */
export async function projectBefore(task: string): Promise<Project> {
  return overlaySolutions(position(task));
}

/** The project of a new lab: an empty folder, which the first task fills. */
export async function starterProject(): Promise<Project> {
  return projectBefore('1.1');
}

async function overlaySolutions(count: number): Promise<Project> {
  const tasks = TASKS.slice(0, count).filter((task) => existsSync(SOLUTIONS + task));
  return overlay(...(await Promise.all(tasks.map((task) => readFolder(SOLUTIONS + task)))));
}

function position(task: string): number {
  const index = TASKS.indexOf(task);
  if (index >= 0) return index;
  throw new EscaleError('usage', 'task.unknown', {
    message: `La tâche « ${task} » n’existe pas.`,
    hint: `Les tâches sont : ${TASKS.join(', ')}.`,
  });
}
