import type { Verdict } from '../../../contract/verdict.ts';
import type { RunningTrial } from '../connection/snapshot-store.ts';

/** « Votre image se construit, depuis 42 s ; d’ordinaire, l’essai prend 1 min. » */
export function trialWords({ step, since, usualMs }: RunningTrial, clock: number): string {
  const elapsed = Math.max(0, clock - since);
  const so = `${step ?? 'L’essai commence'}, depuis ${roughly(elapsed)}`;
  if (usualMs === undefined) return `${so}.`;
  return elapsed > 2 * usualMs
    ? `${so} : plus que d’ordinaire (${roughly(usualMs)}). Une machine occupée peut en être la cause.`
    : `${so} ; d’ordinaire, l’essai prend ${roughly(usualMs)}.`;
}

/** « 42 s », « 1 min », « 2 min 10 s ». */
function roughly(ms: number): string {
  const seconds = Math.max(1, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** Whether a trial can be run for it now. */
export function wantsTrial(verdict: Verdict): boolean {
  if (verdict.judge !== 'trial' || verdict.verdict === 'met') return false;
  return verdict.verdict === 'not-met' || !verdict.diagnosis.code.startsWith('blocked.');
}

/** The criterion whose row has the button for this one's trial: the first of the list that the same act judges. */
export function trialLeader(verdict: Verdict, list: readonly Verdict[]): Verdict {
  if (verdict.act === undefined) return verdict;
  const same = list.filter(({ act }) => act === verdict.act);
  return same.find(wantsTrial) ?? same[0] ?? verdict;
}
