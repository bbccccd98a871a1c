import { planned } from '../plan.ts';
import type { Play } from './list-plays.ts';

/** Trials are the costly part: a mistake that no trial should find is judged by looking, its trials are left out. */
export function needsTrials({ kind, described }: Play): boolean {
  if (kind !== 'mistake') return kind !== 'starter';
  return (described?.fails ?? []).some(({ criterion }) => planned(criterion).judge === 'trial');
}
