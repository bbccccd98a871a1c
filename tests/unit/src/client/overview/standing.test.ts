import { describe, expect, test } from 'vitest';
import type { Achievement } from '../../../../../contract/progress.ts';
import { holds, standingOf } from '../../../../../src/client/overview/standing.ts';
import { bandWords, criterionWords, paceWords, stateWords, taskWords } from '../../../../../src/client/overview/standing-words.ts';

const NOW = new Date(2026, 10, 26, 12, 0);
const at = (day: number, hour: number, minute = 0): string => new Date(2026, 10, day, hour, minute).toISOString();
const achieved = (criterion: string, firstMetAt: string, verdict: Achievement['last']['verdict'] = 'met'): Achievement => ({
  criterion,
  firstMetAt,
  last: { verdict, at: at(26, 9, 10) },
});
const plan = [
  { id: '1.3/image', task: '1.3', row: 'dockerfile', points: 1 },
  { id: '1.3/cache-order', task: '1.3', row: 'dockerfile', points: 2 },
];
const standing = (...list: Achievement[]) => standingOf(plan, new Map(list.map((one) => [one.criterion, one])));
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('standingOf', () => {
  test('counts criteria that were met once, and separately those that no longer hold', () => {
    const now = standing(achieved('1.3/image', at(24, 10)), achieved('1.3/cache-order', at(25, 16, 42), 'not-met'));
    expect(now).toEqual({ of: 2, ofPoints: 3, met: 2, points: 3, lost: 1, doubt: 0, lastMetAt: at(25, 16, 42) });
  });

  test('ignores an achievement that is not in the plan', () => {
    expect(standing(achieved('1.3/gone', at(24, 10)))).toMatchObject({ met: 0, points: 0 });
  });

  test('counts what a later image must prove again as in doubt, not lost', () => {
    expect(holds(achieved('1.3/image', at(24, 10), 'cannot-tell'))).toBe('doubt');
  });
});

describe('words', () => {
  test('of a part or a task', () => {
    expect(stateWords(standing())).toEqual({ shape: 'todo', text: 'à faire' });
    expect(stateWords(standing(), { begun: true }).text).toBe('en cours');
    const all = standing(achieved('1.3/image', at(24, 10)), achieved('1.3/cache-order', at(25, 10)));
    expect(stateWords(all).text).toBe('terminée');
    expect(stateWords(all, { written: false }).text).toBe('en cours');
    const broken = standing(achieved('1.3/image', at(24, 10), 'not-met'), achieved('1.3/cache-order', at(25, 10)));
    expect(stateWords(broken)).toEqual({ shape: 'unmet', text: 'un critère à reprendre' });
    expect(taskWords(broken, NOW)).toBe('2 critères sur 2, 3 points sur 3, 1 à reprendre');
    expect(taskWords(standing(), NOW)).toBe('2 critères, 3 points');
    expect(taskWords(standing(achieved('1.3/image', at(24, 10))), NOW)).toMatch(/^1 critère sur 2, \d points? sur 3$/);
    expect(plain(taskWords(all, NOW))).toBe('2 critères, 3 points, le 25 nov.');
  });

  test('of a criterion: since when, and whether it still holds', () => {
    expect(plain(criterionWords(achieved('x', at(25, 16, 42)), NOW).text)).toBe('atteint hier à 16 h 42');
    expect(plain(criterionWords(achieved('x', at(1, 9)), NOW).text)).toBe('atteint le 1er nov. à 9 h');
    const lost = criterionWords(achieved('x', at(24, 10), 'not-met'), NOW);
    expect(lost.shape).toBe('unmet');
    expect(plain(lost.text)).toBe('atteint le 24 nov. à 10 h, ne l’est plus (vu aujourd’hui à 9 h 10)');
    const doubt = (day: number, hour: number) => criterionWords(achieved('x', at(day, hour, 12), 'cannot-tell'), NOW);
    expect(doubt(26, 9)).toEqual({ shape: 'waiting', text: 'atteint à 9\u00a0h\u00a012, à prouver de nouveau' });
    expect(plain(doubt(25, 16).text)).toBe('atteint hier à 16 h 12, à prouver de nouveau');
    expect(criterionWords(undefined, NOW)).toEqual({ shape: 'todo', text: 'à faire' });
  });

  test('of the scale: the band, and the points missing to the next', () => {
    expect(bandWords(21)).toBe('Encore 39 points jusqu’à « Bien ».');
    expect(bandWords(59)).toContain('Encore 1 point jusqu’à « Bien ».');
    expect(bandWords(80)).toContain('« Très bien »');
    expect(bandWords(120)).toBe('Au barème : « Excellent », prêt pour la production.');
  });

  test('of the pace', () => {
    expect(plain(paceWords(30, 23 * 60_000))).toContain('7 min d’avance');
    expect(plain(paceWords(30, 41 * 60_000))).toContain('11 min de plus que prévu');
    expect(paceWords(0, 5)).toBe('');
  });
});
