import { describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../../../contract/verdict.ts';
import type { LabJudge } from '../../../../../server/labs/service/lab-judge.ts';
import { tellingJudge } from '../../../../../server/labs/service/telling-judge.ts';
import { SOLO_LEARNER } from '../../../../../server/learner.ts';
import { openDatabase } from '../../../../../server/state/database.ts';
import { LabStore } from '../../../../../server/state/lab-store.ts';
import { ProgressStore } from '../../../../../server/state/progress-store.ts';
import { fakeLabs } from '../../fakes/fake-labs.ts';

const base = { task: '1.3', row: 'security', points: 2, judge: 'program', title: 't', remarks: [], evidence: [] } as const;
const met = (id: string): Verdict => ({ ...base, remarks: [], evidence: [], id, verdict: 'met' });

const judge: LabJudge = {
  check: async () => [met('1.3/image'), met('1.3/non-root')],
  tryOne: async (criterion) => met(criterion),
  engineEvents: async (onEvent) => onEvent(),
};

describe('a judge that tells', () => {
  it('tells each look and trial, and is otherwise the judge it was', async () => {
    const told = vi.fn();
    const telling = tellingJudge(judge, told);
    expect(await telling.check(['1.3'], { trials: false, waitMs: 0 })).toHaveLength(2);
    expect(await telling.tryOne('1.3/healthcheck-trial', AbortSignal.timeout(1000))).toMatchObject({ verdict: 'met' });
    expect(told.mock.calls.map(([verdicts]) => verdicts.map(({ id }: Verdict) => id))).toEqual([
      ['1.3/image', '1.3/non-root'],
      ['1.3/healthcheck-trial'],
    ]);
    const heard = vi.fn();
    await telling.engineEvents(heard, AbortSignal.timeout(1000));
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('what a learner has met', () => {
  it('outlives the lab it was met in, and stands beside the next one', async () => {
    const database = openDatabase(':memory:');
    const progress = new ProgressStore(database);
    const labs = fakeLabs({
      store: new LabStore(database),
      findJudge: (_lab, _agent, _access, learner) =>
        learner === undefined ? judge : tellingJudge(judge, (verdicts) => progress.record(learner, verdicts, '2026-01-01T00:00:00.000Z')),
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
