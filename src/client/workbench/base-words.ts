import { TASKS } from '../../../contract/plan.ts';
import type { LessonBase } from '../connection/snapshot-store.ts';

/** What the page says when the project lacks what the lesson builds on; undefined if it has it. */
export function baseWords({ task, empty, missing }: LessonBase): string | undefined {
  const previous = TASKS[TASKS.indexOf(task) - 1];
  if (previous === undefined || (!empty && missing.length === 0)) return undefined;
  if (empty) return `Votre projet est vide, et cette leçon part de l’état d’après ${previous}.`;
  const names = missing.map((name) => `\`${name}\``);
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} et ${names.at(-1)}`;
  return `Cette leçon part de l’état d’après ${previous} : votre projet n’a pas encore ${list}.`;
}
