import { planned } from '../plan.ts';
import type { LessonCase } from './read-cases.ts';

/** Whether a trial's criterion should fail. If not, the mistake is judged without trials. */
export function needsTrials({ fails }: LessonCase): boolean {
  return fails.some(({ criterion }) => planned(criterion).judge === 'trial');
}
