import type { Achievement } from '../../../contract/progress.ts';
import { duration } from '../../lib/duration.ts';
import { day, moment } from '../../lib/french-date.ts';
import { bandAfter, bandOf } from '../../lib/grades.ts';
import { proveAgain } from '../../lib/prove-again.ts';
import type { Shape } from '../dom.ts';
import { holds, type Standing } from './standing.ts';

export interface Said {
  readonly shape: Shape;
  readonly text: string;
}

/** The state of a part or a task. `written`: whether all its lessons are published. */
export function stateWords(standing: Standing, { written = true, begun = false } = {}): Said {
  const { met, of, lost } = standing;
  if (lost > 0) return { shape: 'unmet', text: lost === 1 ? 'un critère à reprendre' : `${lost} critères à reprendre` };
  if (met > 0 && met === of && written) return { shape: 'met', text: 'terminée' };
  return met > 0 || begun ? { shape: 'waiting', text: 'en cours' } : { shape: 'todo', text: 'à faire' };
}

/**
 * Before the first criterion is met: « 6 critères, 11 points ». Then: « 4 critères sur 6, 7 points sur 11 ». At the end: when all were met,
 * or how many no longer hold.
 */
export function taskWords({ met, of, points, ofPoints, lost, lastMetAt }: Standing, now: Date): string {
  const whole = `${counted(of, 'critère')}, ${counted(ofPoints, 'point')}`;
  if (met === 0) return whole;
  const part = `${counted(met, 'critère')} sur ${of}, ${counted(points, 'point')} sur ${ofPoints}`;
  if (lost > 0) return `${part}, ${lost} à reprendre`;
  return met < of || lastMetAt === undefined ? part : `${whole}, le ${day(new Date(lastMetAt), now)}`;
}

/** « 1 critère », « 3 critères ». */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count > 1 ? 's' : ''}`;
}

/** When a criterion was first met, and whether it still is. */
export function criterionWords(achievement: Achievement | undefined, now: Date): Said {
  if (achievement === undefined) return { shape: 'todo', text: 'à faire' };
  const met = `atteint ${moment(new Date(achievement.firstMetAt), now)}`;
  const seen = moment(new Date(achievement.last.at), now);
  switch (holds(achievement)) {
    case 'lost':
      return { shape: 'unmet', text: `${met}, ne l’est plus (vu ${seen})` };
    case 'doubt':
      return { shape: 'waiting', text: proveAgain(achievement.firstMetAt, now) };
    default:
      return { shape: 'met', text: met };
  }
}

/**
 * The band of the brief's scale that the points reach, and the points missing to the next band. The lowest band is left out, since it
 * judges finished work.
 */
export function bandWords(points: number): string {
  const band = bandOf(points);
  const next = bandAfter(band);
  const here = band.from > 0 ? [`Au barème : « ${band.title} », ${band.means}.`] : [];
  const ahead = next === undefined ? [] : [`Encore ${counted(next.from - points, 'point')} jusqu’à « ${next.title} ».`];
  return [...here, ...ahead].join(' ');
}

/**
 * The difference between time spent and planned time over the finished lessons: « 7 min d’avance ». Empty if they are equal or no lesson is
 * finished.
 */
export function paceWords(plannedMinutes: number, spentMs: number): string {
  const ahead = Math.round(plannedMinutes - spentMs / 60_000);
  if (plannedMinutes === 0 || ahead === 0) return '';
  return ahead > 0
    ? `${duration(ahead)} d’avance sur le temps prévu des leçons terminées.`
    : `${duration(-ahead)} de plus que prévu sur les leçons terminées.`;
}
