import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../../../contract/verdict.ts';
import { type LabSnapshot, SnapshotStore, type TaskVerdicts } from '../../../../../src/client/connection/snapshot-store.ts';
import { changeWords, lookWords, requestedLook } from '../../../../../src/client/workbench/look-words.ts';

const diagnosis = { code: 'x', expected: 'e', observed: 'vu', where: {}, look: 'voir' };
const base: Pick<Verdict, 'task' | 'row' | 'points' | 'judge' | 'remarks' | 'evidence'> = {
  task: '1.3',
  row: 'dockerfile',
  points: 2,
  judge: 'program',
  remarks: [],
  evidence: [],
};
const met = (name: string): Verdict => ({ ...base, id: `1.3/${name}`, title: `Titre ${name}`, verdict: 'met' });
const unmet = (name: string, observed = 'vu', untouched?: true): Verdict => ({
  ...base,
  id: `1.3/${name}`,
  title: `Titre ${name}`,
  verdict: 'not-met',
  diagnosis: { ...diagnosis, observed },
  ...(untouched && { untouched }),
});
const at = new Date(2026, 10, 29, 15, 12).toISOString();
const look = (...criteria: Verdict[]): TaskVerdicts => ({ checking: false, at, criteria });
const words = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('what a look has seen', () => {
  test('by itself: when, and how many', () => {
    expect(words(lookWords(look(met('a'), unmet('b'))))).toBe('Vérifié à 15 h 12 : 1 critère sur 2.');
  });

  test.each([
    [[unmet('a')], [met('a')], 'un de plus'],
    [[], [met('a'), met('b')], '2 de plus'],
    [[met('a'), unmet('b')], [unmet('a'), met('b')], 'un de plus, un de moins'],
    [[unmet('a')], [unmet('a')], 'rien n’a changé'],
    [[unmet('a')], [unmet('a', 'autre chose')], 'le constat a changé'],
    [[], [unmet('a', 'vu', true)], 'rien n’est encore commencé'],
  ])('asked for, from %j to %j: %s', (before, now, change) => {
    expect(changeWords(before, now)).toBe(change);
  });

  test('asked for, names the criteria that changed', () => {
    const requested = { task: '1.3', before: [unmet('a'), met('b')] };
    expect(words(lookWords(look(met('a'), met('b')), requested))).toBe('Vérifié à 15 h 12 : 2 critères sur 2, un de plus : « Titre a ».');
    expect(words(lookWords(look(met('a'), met('b'), met('c'), met('d')), { task: '1.3', before: [] }))).toBe(
      'Vérifié à 15 h 12 : 4 critères sur 4, 4 de plus.',
    );
    expect(words(lookWords(look(unmet('a'), met('b')), requested))).toBe('Vérifié à 15 h 12 : 1 critère sur 2, rien n’a changé.');
  });
});

test('the result of a requested look holds until a state changes', () => {
  const after = look(unmet('a'));
  const snapshot = (now: TaskVerdicts, done?: TaskVerdicts): LabSnapshot => ({
    ...new SnapshotStore().now,
    verdicts: new Map([['1.3', now]]),
    requested: { task: '1.3', before: [], ...(done && { after: done }) },
  });
  expect(requestedLook(snapshot(after), '1.3')).toBeUndefined();
  expect(requestedLook(snapshot(look(unmet('a', 'autre')), after), '1.3')?.after).toBe(after);
  expect(requestedLook(snapshot(look(met('a')), after), '1.3')).toBeUndefined();
  expect(requestedLook(snapshot(after, after), '1.2')).toBeUndefined();
});
