import type { Verdict } from '../../../contract/verdict.ts';
import { french } from '../../lib/french.ts';
import { hour } from '../../lib/french-date.ts';
import type { LabSnapshot, RequestedLook, TaskVerdicts } from '../connection/snapshot-store.ts';
import { criteriaWords, scoreOf, stateOf } from './verdict-words.ts';

/** More changes than these are only counted. */
const MOST_NAMED = 2;

/** The look that the learner asked for, as long as its verdicts are those on screen. */
export function requestedLook({ requested, verdicts }: LabSnapshot, task: string): (RequestedLook & { after: TaskVerdicts }) | undefined {
  const now = verdicts.get(task);
  const after = requested?.after;
  if (requested?.task !== task || after === undefined || now === undefined) return undefined;
  return sameStates(after.criteria, now.criteria) ? { ...requested, after } : undefined;
}

/** « Vérifié à 15 h 12 : 4 critères sur 6. » For a look that the learner asked for, also what it changed. Backticks mark code. */
export function lookWords({ at, criteria }: TaskVerdicts, requested?: RequestedLook): string {
  const seen = `Vérifié à ${hour(new Date(at))} : ${criteriaWords(scoreOf(criteria))}`;
  if (requested === undefined) return french(`${seen}.`);
  const { gained, lost } = changes(requested.before, criteria);
  const changed = [...gained, ...lost];
  const named = (changed.length > MOST_NAMED ? [] : changed).map(({ title }) => `« ${title} »`).join(', ');
  const change = changeWords(requested.before, criteria);
  return french(named === '' ? `${seen}, ${change}.` : `${seen}, ${change} : ${named}.`);
}

/** What a look changed, without the names of the criteria: « un de plus », « rien n’a changé ». */
export function changeWords(before: readonly Verdict[], now: readonly Verdict[]): string {
  const { gained, lost } = changes(before, now);
  const parts = [
    ...(gained.length > 0 ? [`${counted(gained.length)} de plus`] : []),
    ...(lost.length > 0 ? [`${counted(lost.length)} de moins`] : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  if (now.every(({ verdict }) => verdict !== 'met') && now.every((verdict) => stateOf(verdict).shape === 'todo'))
    return 'rien n’est encore commencé';
  return JSON.stringify(before) === JSON.stringify(now) ? 'rien n’a changé' : 'le constat a changé';
}

function counted(count: number): string {
  return count === 1 ? 'un' : String(count);
}

function changes(before: readonly Verdict[], now: readonly Verdict[]): { gained: Verdict[]; lost: Verdict[] } {
  const met = new Map(before.map(({ id, verdict }) => [id, verdict === 'met']));
  return {
    gained: now.filter(({ id, verdict }) => verdict === 'met' && met.get(id) !== true),
    lost: now.filter(({ id, verdict }) => verdict !== 'met' && met.get(id) === true),
  };
}

function sameStates(one: readonly Verdict[], other: readonly Verdict[]): boolean {
  const states = (list: readonly Verdict[]): string => list.map((verdict) => `${verdict.id} ${stateOf(verdict).shape}`).join();
  return states(one) === states(other);
}
