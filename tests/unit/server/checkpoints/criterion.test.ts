import { describe, expect, it } from 'vitest';
import { verdictSchema } from '../../../../contract/verdict.ts';
import { criterion } from '../../../../server/checkpoints/criterion.ts';
import type { Finding } from '../../../../server/checkpoints/definitions.ts';
import { planned } from '../../../../server/checkpoints/plan.ts';
import { NotRead } from '../../../../server/checkpoints/reading.ts';
import { toVerdict } from '../../../../server/checkpoints/to-verdict.ts';
import { composeSubject } from './fakes/compose-subject.ts';
import { viewOf } from './fakes/view-of.ts';

const ID = '1.4/rows';

/** A criterion over a number, which its reader gives. */
function judged(read: () => number): Promise<Finding> {
  const judge = criterion(ID, {
    needs: [],
    expected: 'un nombre entre 0 et 9',
    read: () => ({ count: read() }),
    where: { service: 'etl' },
    evidence: ({ count }) => [{ source: 'compte', text: `${count}` }],
  })
    .waits('rows', ({ count }) => count === 0, { observed: 'rien encore' })
    .fault('rows.negative', ({ count }) => count < 0 && { by: -count }, {
      observed: (_, { by }) => `${by} de moins que zéro`,
      where: { file: 'a.py', line: 3 },
      look: 'Ajoutez.',
    })
    .blocked('1.4/up', ({ count }) => count > 99, 'bien trop')
    .fault(
      ({ count }) => `rows.over-${count}`,
      ({ count }) => count > 9,
      { observed: 'trop', look: ({ count }) => `Retirez ${count - 9}.` },
    )
    .remark(
      'rows.odd',
      ({ count }) => count % 2,
      (_, rest) => `reste ${rest}`,
    )
    .remark('rows.seven', ({ count }) => count === 7, 'sept', { file: 'b.py' });
  return judge.judge(viewOf(composeSubject()));
}

const valid = (finding: Finding) => verdictSchema.safeParse(toVerdict(planned(ID), finding, (text) => text)).success;

describe('a criterion', () => {
  it('is met where no condition holds, with the remarks whose conditions do', async () => {
    expect(await judged(() => 7)).toEqual({
      verdict: 'met',
      remarks: [
        { code: 'rows.odd', text: 'reste 1', where: { service: 'etl' } },
        { code: 'rows.seven', text: 'sept', where: { file: 'b.py' } },
      ],
      evidence: [{ source: 'compte', text: '7' }],
    });
    expect(await judged(() => 8)).toMatchObject({ verdict: 'met', remarks: [] });
  });

  it.each([
    [0, 'cannot-tell', 'wait.rows', 'rien encore', { service: 'etl' }, 'Il sera regardé de nouveau dans un instant.'],
    [-4, 'not-met', 'rows.negative', '4 de moins que zéro', { file: 'a.py', line: 3 }, 'Ajoutez.'],
    [12, 'not-met', 'rows.over-12', 'trop', { service: 'etl' }, 'Retirez 3.'],
    [100, 'cannot-tell', 'blocked.1.4/up', 'bien trop', {}, `Réglez d’abord « ${planned('1.4/up').title} ».`],
  ])('is decided by the first condition that holds: %i', async (count, verdict, code, observed, where, look) => {
    const finding = await judged(() => count);
    expect(finding).toMatchObject({ verdict, diagnosis: { code, observed, where, look }, evidence: [{ text: `${count}` }] });
    expect(valid(finding)).toBe(true);
  });

  it.each([
    [new NotRead('absent', 'postgres'), 'cannot-tell', 'blocked.1.4/postgres', 'le fichier Compose n’a pas de service PostgreSQL'],
    [
      new NotRead('absent', 'compose'),
      'cannot-tell',
      'blocked.1.4/compose',
      'ce critère sera regardé quand celui dont il dépend sera atteint',
    ],
    [new NotRead('absent', 'My_Table'), 'not-met', 'rows.absent', '`My_Table` est absent'],
    [new NotRead('waiting', 'My_DB', 'rien n’écoute'), 'cannot-tell', 'wait.rows', '`My_DB` démarre : rien n’écoute'],
    [new NotRead('refused', 'My_DB', 'NOAUTH'), 'not-met', 'rows.refused', '`My_DB` ne se laisse pas interroger : NOAUTH'],
  ])('says what its reader could not read: %o', async (reason, verdict, code, observed) => {
    const finding = await judged(() => {
      throw reason;
    });
    expect(finding).toMatchObject({ verdict, diagnosis: { code, observed } });
    expect(valid(finding)).toBe(true);
  });

  it('leaves any other failure to who judges', async () => {
    const fault = new Error('ours');
    await expect(
      judged(() => {
        throw fault;
      }),
    ).rejects.toBe(fault);
  });
});
