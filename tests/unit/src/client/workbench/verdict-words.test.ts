import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../../../contract/verdict.ts';
import {
  ago,
  criteriaWords,
  isBefore,
  placeOf,
  pointsOf,
  pointWords,
  scoreOf,
  stateOf,
  waitsLike,
  whyOf,
} from '../../../../../src/client/workbench/verdict-words.ts';

type Judged = Omit<Verdict, 'verdict' | 'diagnosis'>;
const base: Judged = {
  id: '1.3/a',
  task: '1.3',
  row: 'dockerfile',
  points: 2,
  judge: 'program',
  title: 'Titre',
  remarks: [],
  evidence: [],
};
const diagnosis = { code: 'x', expected: 'e', observed: 'vu', where: {}, look: 'voir' };
const met: Verdict = { ...base, verdict: 'met' };
const unmet: Verdict = { ...base, verdict: 'not-met', diagnosis };
const untouched: Verdict = { ...base, verdict: 'not-met', diagnosis, untouched: true };
const unsure = (code: string): Verdict => ({ ...base, verdict: 'cannot-tell', diagnosis: { ...diagnosis, code } });

describe('stateOf', () => {
  test.each([
    [met, 'met', 'atteint'],
    [unmet, 'unmet', 'pas atteint'],
    [untouched, 'todo', 'à faire'],
    [unsure('wait.container'), 'waiting', 'en attente'],
    [unsure('trial.not-run'), 'waiting', 'en attente'],
    [unsure('person.readme'), 'waiting', 'en attente'],
    [unsure('blocked.1.3/dockerfile'), 'todo', 'à faire'],
    [unsure('unavailable.engine'), 'unknown', 'indéterminé'],
    [unsure('anything-else'), 'unknown', 'indéterminé'],
  ])('%o', (verdict, shape, word) => {
    expect(stateOf(verdict)).toEqual({ shape, word });
  });
});

test('points are given, refused or open', () => {
  expect([met, unmet, untouched, unsure('wait.x')].map((verdict) => pointsOf(verdict).charAt(0))).toEqual(['2', '0', '–', '–']);
});

test('the score counts what is met', () => {
  const score = scoreOf([met, unmet, met]);
  expect(score).toEqual({ met: 2, of: 3, points: 4, ofPoints: 6 });
  expect(criteriaWords(score)).toBe('2 critères sur 3');
  expect(pointWords(score)).toBe('4 points sur 6');
  expect(criteriaWords(scoreOf([unmet]))).toBe('aucun critère sur 1');
  expect(criteriaWords(scoreOf([met, unmet]))).toBe('1 critère sur 2');
});

test('a place lists its parts, as code', () => {
  expect(placeOf({ file: 'Dockerfile', line: 23 })).toBe('`Dockerfile`, ligne 23');
  expect(placeOf({ service: 'etl', image: 'etl:1.3' })).toBe('service `etl`, image `etl:1.3`');
  expect(placeOf({})).toBe('');
});

test('only a cannot-tell has an explanation', () => {
  expect(whyOf(unsure('wait.x'))).toBe('vu\nvoir');
  expect(whyOf(unsure('trial.not-run'))).toBe('voir');
  expect(whyOf(unsure('blocked.1.3/a'))).toBe('voir');
  expect(whyOf(unmet)).toBe('');
});

test.each([
  [2000, 'à l’instant'],
  [13_000, 'il y a 10\u00a0s'],
  [125_000, 'il y a 2\u00a0min'],
  [7_300_000, 'il y a 2\u00a0h'],
])('%i ms ago', (ms, words) => {
  expect(ago(ms)).toBe(words);
});

test('the same prerequisite twice in a row is shown once', () => {
  expect(waitsLike(unsure('blocked.1.3/a'), unsure('blocked.1.3/a'))).toBe(true);
  expect(waitsLike(unsure('blocked.1.3/a'), unsure('blocked.1.3/b'))).toBe(false);
  expect(waitsLike(unsure('wait.x'), unsure('wait.x'))).toBe(false);
  expect(waitsLike(unsure('blocked.1.3/a'), undefined)).toBe(false);
});

test('the diagnosis waits while nothing is begun, also in what that blocks', () => {
  const blocked = unsure('blocked.1.3/a');
  expect(isBefore(untouched, [untouched])).toBe(true);
  expect(isBefore(blocked, [untouched, blocked])).toBe(true);
  expect(isBefore(unmet, [unmet])).toBe(false);
  expect(isBefore(blocked, [unmet, blocked])).toBe(false);
  expect(isBefore(unsure('blocked.1.1/files'), [untouched])).toBe(false);
  expect(isBefore(unsure('wait.x'), [untouched])).toBe(false);
});
