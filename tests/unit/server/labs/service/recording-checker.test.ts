import { describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../../../contract/verdict.ts';
import type { LabChecker } from '../../../../../server/labs/service/lab-checker.ts';
import { recordingChecker } from '../../../../../server/labs/service/recording-checker.ts';
import { SOLO_LEARNER } from '../../../../../server/learner.ts';
import { openDatabase } from '../../../../../server/state/database.ts';
import { LabStore } from '../../../../../server/state/lab-store.ts';
import { ProgressStore } from '../../../../../server/state/progress-store.ts';
import { fakeLabs } from '../../fakes/fake-labs.ts';

const base = { task: '1.3', row: 'security', points: 2, judge: 'program', title: 't', remarks: [], evidence: [] } as const;
const met = (id: string): Verdict => ({ ...base, remarks: [], evidence: [], id, verdict: 'met' });

const checker: LabChecker = {
  check: async () => [met('1.3/image'), met('1.3/non-root')],
  tryOne: async (criterion) => met(criterion),
  engineEvents: async (onEvent) => onEvent(),
};

describe('a checker that tells', () => {
  it('tells each look and trial, and is otherwise the checker it was', async () => {
    const told = vi.fn((_verdicts: readonly Verdict[]) => new Map<string, string>());
    const recording = recordingChecker(checker, told);
    expect(await recording.check(['1.3'], { trials: false, waitMs: 0 })).toHaveLength(2);
    expect(await recording.tryOne('1.3/healthcheck-trial', AbortSignal.timeout(1000))).toMatchObject({ verdict: 'met' });
    expect(told.mock.calls.map(([verdicts]) => verdicts.map(({ id }) => id))).toEqual([
      ['1.3/image', '1.3/non-root'],
      ['1.3/healthcheck-trial'],
    ]);
    const heard = vi.fn();
    await recording.engineEvents(heard, AbortSignal.timeout(1000));
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('what is to be proved again', () => {
  const AT = '2026-01-01T00:00:00.000Z';
  const unsure = (id: string, code: string): Verdict => ({
    ...base,
    remarks: [],
    evidence: [],
    id,
    verdict: 'cannot-tell',
    diagnosis: { code, expected: '', observed: '', where: {}, look: '' },
  });

  it.each([
    ['a trial that must run again', 'trial.not-run', AT],
    ['what waits for another criterion', 'blocked.1.3/image', AT],
    ['what starts', 'wait.image', undefined],
    ['a lab that does not answer', 'unavailable.engine', undefined],
  ])('says when it was met: %s', async (_, code, metAt) => {
    const looked = [unsure('1.3/healthcheck-trial', code), unsure('1.3/slim-base', code)];
    const recording = recordingChecker({ ...checker, check: async () => looked }, () => new Map([['1.3/healthcheck-trial', AT]]));
    const verdicts = await recording.check(['1.3'], { trials: false, waitMs: 0 });
    expect(verdicts.map((verdict) => verdict.verdict === 'cannot-tell' && verdict.metAt)).toEqual([metAt, undefined]);
  });
});

describe('what a learner has met', () => {
  it('outlives the lab it was met in, and stands beside the next one', async () => {
    const database = openDatabase(':memory:');
    const progress = new ProgressStore(database);
    const labs = fakeLabs({
      store: new LabStore(database),
      findChecker: (_lab, _agent, _access, learner) =>
        learner === undefined
          ? checker
          : recordingChecker(checker, (verdicts) => {
              progress.record(learner, verdicts, '2026-01-01T00:00:00.000Z');
              return new Map();
            }),
    });
    const kept = () => progress.of(SOLO_LEARNER).map(({ criterion }) => criterion);
    await labs.start({ lab: 'solo' });
    await labs.check('solo', ['1.3'], { trials: false, waitMs: 0 });
    expect(kept()).toEqual([]);
    await labs.check('solo', ['1.3'], { trials: false, waitMs: 0, learner: SOLO_LEARNER });
    expect(kept()).toEqual(['1.3/image', '1.3/non-root']);
    await labs.remove('solo');
    expect([await labs.list(), kept()]).toEqual([[], ['1.3/image', '1.3/non-root']]);
    await labs.start({ lab: 'solo' });
    expect(kept()).toEqual(['1.3/image', '1.3/non-root']);
    database.close();
  });
});
