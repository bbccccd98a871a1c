import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../../contract/verdict.ts';
import { trialLeader, trialWords, wantsTrial } from '../../../../../src/client/workbench/trial-words.ts';

const base = { task: '1.4', row: 'etl', points: 2, judge: 'trial', title: 't', remarks: [], evidence: [] } as const;
const common = (id: string, act: string) => ({ ...base, id, act, remarks: [], evidence: [] });
const met = (id: string, act: string): Verdict => ({ ...common(id, act), verdict: 'met' });
const cannotTell = (id: string, act: string, code: string): Verdict => ({
  ...common(id, act),
  verdict: 'cannot-tell',
  diagnosis: { code, expected: '', observed: '', where: {}, look: '' },
});

describe('what a running trial says', () => {
  const trial = { criteria: [], step: 'Les images se construisent', since: 1000 };

  it.each([
    [{ ...trial, usualMs: 90_000 }, 43_000, 'Les images se construisent, depuis 42 s ; d’ordinaire, l’essai prend 1 min 30 s.'],
    [
      { ...trial, usualMs: 60_000 },
      131_000,
      'Les images se construisent, depuis 2 min 10 s : plus que d’ordinaire (1 min). Une machine occupée peut en être la cause.',
    ],
    [{ criteria: [], since: 1000 }, 1000, 'L’essai commence, depuis 1 s.'],
  ])('%j at %i', (running, clock, words) => expect(trialWords(running, clock)).toBe(words));
});

describe('the button of a trial', () => {
  it('is in one row for all criteria of an act: the first that is neither met nor blocked', () => {
    const list = [
      cannotTell('1.4/a', 'stack', 'blocked.1.4/x'),
      met('1.4/b', 'stack'),
      cannotTell('1.4/c', 'stack', 'trial.not-run'),
      cannotTell('1.4/d', 'stack', 'trial.not-run'),
      cannotTell('1.4/e', 'health', 'trial.not-run'),
    ];
    expect(list.map((verdict) => trialLeader(verdict, list).id)).toEqual(['1.4/c', '1.4/c', '1.4/c', '1.4/c', '1.4/e']);
    expect(list.filter((verdict) => wantsTrial(verdict) && trialLeader(verdict, list) === verdict).map(({ id }) => id)).toEqual([
      '1.4/c',
      '1.4/e',
    ]);
  });

  it('has one place for its progress even if all is met', () => {
    const list = [met('1.4/a', 'stack'), met('1.4/b', 'stack')];
    expect(list.map((verdict) => trialLeader(verdict, list).id)).toEqual(['1.4/a', '1.4/a']);
  });
});
