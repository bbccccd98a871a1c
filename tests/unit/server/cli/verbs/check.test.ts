import { describe, expect, it } from 'vitest';
import { checkReportSchema, type Verdict } from '../../../../../contract/verdict.ts';
import { escale } from '../fake-control.ts';

const base = { task: '1.3', row: 'dockerfile', points: 2, title: 'Un critère', remarks: [], evidence: [] } as const;
const met: Verdict = { ...base, remarks: [], evidence: [], id: '1.3/a', judge: 'program', verdict: 'met' };

function open(verdict: 'not-met' | 'cannot-tell', code: string): Verdict {
  const diagnosis = { code, expected: 'attendu', observed: 'vu', where: { file: 'Dockerfile', line: 3 }, look: 'regardez' };
  return { ...base, remarks: [], evidence: [], id: '1.3/b', judge: 'program', verdict, diagnosis };
}

const statusOf = async (verdicts: readonly Verdict[], ...words: string[]): Promise<number> =>
  (await escale(['check', '--lab', 'amarre', ...words], { verdicts })).exit;

describe('check', () => {
  it('exits with 0 when all are met, 1 when any is not, else 2 when any cannot be told', async () => {
    expect(await statusOf([met])).toBe(0);
    expect(await statusOf([met, open('cannot-tell', 'wait.build'), open('not-met', 'dockerfile.root')])).toBe(1);
    expect(await statusOf([met, open('cannot-tell', 'blocked.1.3/builds')])).toBe(2);
  });

  it('never counts criteria judged by a person, and counts trials only when they were requested', async () => {
    expect(await statusOf([met, open('cannot-tell', 'person.readme')])).toBe(0);
    expect(await statusOf([met, open('cannot-tell', 'trial.not-run')])).toBe(0);
    expect(await statusOf([met, open('cannot-tell', 'trial.not-run')], '--trials')).toBe(2);
  });

  it('prints the report as it is, and passes tasks, trials, patience and learner on', async () => {
    const { stdout, calls } = await escale(['check', '1.3', '1.4', '--lab', 'amarre', '--trials', '--wait', '5', '--json'], {
      verdicts: [met],
    });
    expect(checkReportSchema.parse(JSON.parse(stdout)).criteria).toEqual([met]);
    expect(calls).toContain('check 1.3 1.4 trials=true waitMs=5000 learner=solo');
  });

  it('shows people what was expected, observed, where, and which way to look', async () => {
    const { stdout } = await escale(['check', '--lab', 'amarre'], { verdicts: [open('not-met', 'dockerfile.root')] });
    expect(stdout).toContain('attendu : attendu');
    expect(stdout).toContain('observé : vu (Dockerfile:3)');
    expect(stdout).toContain('piste : regardez');
    expect(stdout).toContain('0 critères acquis sur 1, 0 points sur 2');
  });
});
