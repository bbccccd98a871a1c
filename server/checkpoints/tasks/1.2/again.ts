import { pipelineAct } from '../../acts/pipeline.ts';
import type { PipelineRun } from '../../acts/sandbox/pipeline-runner.ts';
import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { causeOf } from '../../readers/logs/read-failure.ts';
import { lines, sayFault } from '../../readers/postgres/say-table.ts';
import { tableFault } from '../../readers/postgres/table-fault.ts';
import { placeInCode } from '../../readers/python/project-code.ts';

const LOADS = /to_sql|INSERT INTO|executemany|COPY /i;

export const again = criterion('1.2/again', {
  needs: ['1.2/requirements', '1.2/program'],
  expected: 'après deux exécutions, une seule ligne par utilisateur de la source',
  act: pipelineAct,
  async read(view, trial) {
    const { first = null, again: second = null, later = null } = trial.state === 'ran' ? trial : {};
    const fault = first && later && isRight(first) ? faultAfterChange(first, later) : null;
    return {
      first,
      second,
      later,
      before: rows(first),
      after: rows(second),
      crashed: second?.run.code && first?.run.code === 0 ? second.run : null,
      stale: fault && later && (await sayFault(view, fault, later)),
      where: await placeInCode(view, LOADS),
    };
  },
  where: ({ where }) => where,
  evidence: ({ first, second, later }) => [
    evidence('users_data, passage après passage', [first, second, later].flatMap(sayRows).join('\n')),
  ],
})
  .blocked('1.2/loads', ({ second }) => !second, 'ce qui suit ne peut pas être essayé sans un programme qui charge `users_data`')
  .fault('again.crash', ({ crashed }) => crashed, {
    observed: (_, { code, log }) => `la seconde exécution s’arrête avec le code ${code} : ${causeOf(log)}`,
    look: 'Le chargement doit accepter une table qui existe déjà et qui est pleine.',
  })
  .fault('again.doubled', ({ before, after }) => after > before, {
    observed: ({ after, first }) =>
      `${lines(after)} dans \`users_data\` après deux exécutions, pour ${first?.users.length} utilisateurs : les lignes sont doublées`,
    look: 'Un `append` seul ajoute sans fin : videz la table avant, ou insérez avec `ON CONFLICT`.',
  })
  .fault('again.lost', ({ before, after }) => after < before, {
    observed: ({ before, after }) => `${lines(before)} après la première exécution, ${lines(after)} après la seconde`,
    look: 'Videz et remplissez la table dans une même transaction.',
  })
  .fault(
    ({ stale }) => `again.later-${stale?.code}`,
    ({ stale }) => stale,
    {
      expected: 'quand la source change, `users_data` dit ce qu’elle dit maintenant',
      observed: (_, { observed }) => `la source a changé entre deux exécutions : ${observed}`,
      where: (_, { where }) => where,
      look: (_, { look }) => look,
    },
  )
  .remark(
    'load.replace',
    ({ first, second }) => first?.table?.oid !== second?.table?.oid,
    'Chaque passage supprime la table et la recrée (`to_sql(if_exists="replace")`) : ses droits, ses index et les vues qui la lisent disparaissent avec elle. Vider puis remplir, dans une transaction, les garde.',
  );

function isRight({ table, users, atMs }: PipelineRun): boolean {
  return table !== null && tableFault(table, users, { atMs }) === null;
}

/** After a change of the source, the table has its current rows. Rows that the source no longer has may stay. */
function faultAfterChange(first: PipelineRun, { table, users, atMs }: PipelineRun) {
  const kept = first.users.map(({ id }) => id);
  return table === null ? ({ kind: 'empty' } as const) : tableFault(table, users, { kept, atMs });
}

function rows(run: PipelineRun | null): number {
  return run?.table?.count ?? 0;
}

function sayRows(run: PipelineRun | null): string[] {
  return run === null ? [] : [`${rows(run)} lignes pour ${run.users.length} utilisateurs`];
}
