import type { Achievement } from '../../../contract/progress.ts';
import { duration } from '../../lib/duration.ts';
import { day, moment } from '../../lib/french-date.ts';
import { bandAfter, bandOf } from '../../lib/grades.ts';
import type { Shape } from '../dom.ts';
import { holds, type Standing } from './standing.ts';

export interface Said {
  readonly shape: Shape;
  readonly text: string;
}

/** The state of a part or a task. `written`: all its lessons can be read. */
export function stateWords(standing: Standing, { written = true, begun = false } = {}): Said {
  const { met, of, lost } = standing;
  if (lost > 0) return { shape: 'unmet', text: lost === 1 ? 'un critère à reprendre' : `${lost} critères à reprendre` };
  if (met > 0 && met === of && written) return { shape: 'met', text: 'terminée' };
  return met > 0 || begun ? { shape: 'waiting', text: 'en cours' } : { shape: 'todo', text: 'à faire' };
}

/** What is to do: « 6 critères, 11 points »; what was done of it: « 4 critères sur 6, 7 points sur 11 »; all, since when, or what no longer holds. */
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

/** When a criterion was met, and whether that still holds. */
export function criterionWords(achievement: Achievement | undefined, now: Date): Said {
  if (achievement === undefined) return { shape: 'todo', text: 'à faire' };
  const met = `atteint ${moment(new Date(achievement.firstMetAt), now)}`;
  const seen = moment(new Date(achievement.last.at), now);
  switch (holds(achievement)) {
    case 'lost':
      return { shape: 'unmet', text: `${met}, ne l’est plus (vu ${seen})` };
    case 'doubt':
      return { shape: 'waiting', text: `${met}, à prouver de nouveau` };
    default:
      return { shape: 'met', text: met };
  }
}

/** Where the points stand on the brief's scale, once they are on it, and what is missing to the next band: its lowest judges finished work, not work under way. */
export function bandWords(points: number): string {
  const band = bandOf(points);
  const next = bandAfter(band);
  const here = band.from > 0 ? [`Au barème : « ${band.title} », ${band.means}.`] : [];
  const ahead = next === undefined ? [] : [`Encore ${counted(next.from - points, 'point')} jusqu’à « ${next.title} ».`];
  return [...here, ...ahead].join(' ');
}

/** How the time spent on finished lessons compares with the plan's: « 7 min d’avance ». Empty while it is the same, or nothing is finished. */
export function paceWords(plannedMinutes: number, spentMs: number): string {
  const ahead = Math.round(plannedMinutes - spentMs / 60_000);
  if (plannedMinutes === 0 || ahead === 0) return '';
  return ahead > 0
    ? `${duration(ahead)} d’avance sur le temps prévu des leçons terminées.`
    : `${duration(-ahead)} de plus que prévu sur les leçons terminées.`;
}
