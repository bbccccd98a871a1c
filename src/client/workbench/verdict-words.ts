import type { Verdict, Where } from '../../../contract/verdict.ts';
import type { Shape } from '../dom.ts';

export interface VerdictState {
  readonly shape: Shape;
  readonly word: string;
}

/** The shape and the word of a verdict. « Indéterminé » is never the learner's fault. */
export function stateOf(verdict: Verdict): VerdictState {
  if (verdict.verdict === 'met') return { shape: 'met', word: 'atteint' };
  if (verdict.verdict === 'not-met')
    return verdict.untouched ? { shape: 'todo', word: 'à faire' } : { shape: 'unmet', word: 'pas atteint' };
  const { code } = verdict.diagnosis;
  if (code.startsWith('blocked.')) return { shape: 'todo', word: 'à faire' };
  if (code.startsWith('wait.') || code.startsWith('person.') || code === 'trial.not-run') return { shape: 'waiting', word: 'en attente' };
  return { shape: 'unknown', word: 'indéterminé' };
}

/** « 2 / 2 », « 0 / 2 », or « – / 2 » before the work or the verdict. */
export function pointsOf(verdict: Verdict): string {
  const got = verdict.verdict === 'met' ? String(verdict.points) : verdict.verdict === 'not-met' && !verdict.untouched ? '0' : '–';
  return `${got}\u00a0/\u00a0${verdict.points}`;
}

export interface Score {
  readonly met: number;
  readonly of: number;
  readonly points: number;
  readonly ofPoints: number;
}

export function scoreOf(criteria: readonly Verdict[]): Score {
  const met = criteria.filter((verdict) => verdict.verdict === 'met');
  const sum = (list: readonly Verdict[]): number => list.reduce((total, verdict) => total + verdict.points, 0);
  return { met: met.length, of: criteria.length, points: sum(met), ofPoints: sum(criteria) };
}

export function criteriaWords({ met, of }: Score): string {
  return met > 1 ? `${met} critères sur ${of}` : met === 1 ? `1 critère sur ${of}` : `aucun critère sur ${of}`;
}

export function pointWords({ points, ofPoints }: Score): string {
  return points > 1 ? `${points} points sur ${ofPoints}` : `${points} point sur ${ofPoints}`;
}

/** The place of a diagnosis as a sentence, with code in backticks; empty when there is none. */
export function placeOf(where: Where): string {
  const parts: string[] = [];
  if (where.file !== undefined) parts.push(where.line === undefined ? `\`${where.file}\`` : `\`${where.file}\`, ligne ${where.line}`);
  if (where.service !== undefined) parts.push(`service \`${where.service}\``);
  if (where.container !== undefined) parts.push(`conteneur \`${where.container}\``);
  if (where.image !== undefined) parts.push(`image \`${where.image}\``);
  if (where.query !== undefined) parts.push(`requête \`${where.query}\``);
  return parts.join(', ');
}

/**
 * The explanation of a `cannot-tell`: what is seen, then what it waits for. For a prerequisite or a trial the « look » text already says it
 * all.
 */
export function whyOf(verdict: Verdict): string {
  if (verdict.verdict !== 'cannot-tell') return '';
  const { code, observed, look } = verdict.diagnosis;
  const brief = look !== '' && (code.startsWith('blocked.') || code === 'trial.not-run');
  return (brief ? [look] : [observed, look]).filter((text) => text !== '').join('\n');
}

/** Whether both are blocked by the same prerequisite. */
export function waitsLike(verdict: Verdict, before: Verdict | undefined): boolean {
  if (verdict.verdict !== 'cannot-tell' || before?.verdict !== 'cannot-tell') return false;
  return verdict.diagnosis.code.startsWith('blocked.') && verdict.diagnosis.code === before.diagnosis.code;
}

/** Whether the criterion, or the one in the same list that blocks it, is not begun: its diagnosis then waits for an attempt. */
export function isBefore(verdict: Verdict, all: readonly Verdict[]): boolean {
  if (verdict.verdict === 'not-met') return verdict.untouched === true;
  if (verdict.verdict !== 'cannot-tell' || !verdict.diagnosis.code.startsWith('blocked.')) return false;
  const cause = all.find(({ id }) => `blocked.${id}` === verdict.diagnosis.code);
  return cause?.verdict === 'not-met' && cause.untouched === true;
}

/** A time ago, in words coarse enough to stay true for a while. */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 5) return 'à l’instant';
  if (seconds < 60) return `il y a ${seconds - (seconds % 5)}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `il y a ${minutes}\u00a0min`;
  return `il y a ${Math.floor(minutes / 60)}\u00a0h`;
}
