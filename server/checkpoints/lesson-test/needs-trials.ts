import { planned } from '../plan.ts';
import type { LessonCase } from './read-cases.ts';

/** A mistake that no trial should find is judged by looking. */
export function needsTrials({ fails }: LessonCase): boolean {
  return fails.some(({ criterion }) => planned(criterion).judge === 'trial');
}
