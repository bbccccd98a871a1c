import type { Criterion, Finding, LabView } from '../../definitions.ts';
import { evidence, met, notMet, remark } from '../../probes/findings.ts';
import type { Turn } from '../../probes/sandbox/pipeline-runs.ts';
import { type PipelineRan, tryPipeline } from '../../probes/sandbox/pipeline-trial.ts';
import { findInCode, PROGRAM } from '../../probes/sandbox/project-code.ts';
import { causeOf } from '../../probes/sandbox/read-failure.ts';
import { lines, sayFault } from '../../probes/sandbox/say-table.ts';
import { tableFault } from '../../probes/sandbox/table-fault.ts';
import { blockedBy } from './blocked-by.ts';
import { NEEDS, pipelineTerms } from './terms.ts';

const expected = 'après deux exécutions, une seule ligne par utilisateur de la source';
const LOADS = /to_sql|INSERT INTO|executemany|COPY /i;

export const again: Criterion = {
  id: '1.2/again',
  needs: NEEDS,
  trial: pipelineTerms,
  async judge(view) {
    const trial = await tryPipeline(view);
    if (trial.state === 'not-built' || trial.again === null) return blockedBy('blocked.1.2/loads');
    return (
      (await secondRun(view, trial.first, trial.again)) ?? (await changedSource(view, trial)) ?? (await good(view, trial, trial.again))
    );
  },
};

async function secondRun(view: LabView, first: Turn, second: Turn): Promise<Finding | null> {
  const where = await whereItLoads(view);
  const { code, log } = second.passage;
  if (code !== null && code !== 0 && first.passage.code === 0) {
    const observed = `la seconde exécution s’arrête avec le code ${code} : ${causeOf(log)}`;
    return notMet('again.crash', {
      expected,
      observed,
      where,
      look: 'Le chargement doit accepter une table qui existe déjà et qui est pleine.',
    });
  }
  const [before, after] = [count(first), count(second)];
  if (after > before) {
    const observed = `${lines(after)} dans \`users_data\` après deux exécutions, pour ${first.users.length} utilisateurs : les lignes sont doublées`;
    const look = 'Un `append` seul ajoute sans fin : videz la table avant, ou insérez avec `ON CONFLICT`.';
    return notMet('again.doubled', { expected, observed, where, look });
  }
  if (after < before) {
    const observed = `${lines(before)} après la première exécution, ${lines(after)} après la seconde`;
    return notMet('again.lost', { expected, observed, where, look: 'Videz et remplissez la table dans une même transaction.' });
  }
  return null;
}

/** A source that has changed is loaded as it is now; what it no longer has may stay. */
async function changedSource(view: LabView, { first, later }: PipelineRan): Promise<Finding | null> {
  if (later === null || first.table === null || tableFault(first.table, first.users) !== null) return null;
  const kept = first.users.map(({ id }) => id);
  const fault = later.table === null ? ({ kind: 'empty' } as const) : tableFault(later.table, later.users, kept);
  if (fault === null) return null;
  const { code, observed, where, look } = await sayFault(view, fault, later);
  return notMet(`again.later-${code}`, {
    expected: 'quand la source change, `users_data` dit ce qu’elle dit maintenant',
    observed: `la source a changé entre deux exécutions : ${observed}`,
    where,
    look,
  });
}

async function good(view: LabView, { first, later }: PipelineRan, second: Turn): Promise<Finding> {
  const rows = [first, second, ...(later === null ? [] : [later])].map(
    (turn) => `${count(turn)} lignes pour ${turn.users.length} utilisateurs`,
  );
  const made = first.table?.oid !== second.table?.oid;
  const text =
    'Chaque passage supprime la table et la recrée (`to_sql(if_exists="replace")`) : ses droits, ses index et les vues qui la lisent disparaissent avec elle. Vider puis remplir, dans une transaction, les garde.';
  return met({
    evidence: [evidence('users_data, passage après passage', rows.join('\n'))],
    remarks: made ? [remark('load.replace', text, await whereItLoads(view))] : [],
  });
}

function count({ table }: Turn): number {
  return table?.count ?? 0;
}

async function whereItLoads(view: LabView): Promise<{ file: string; line?: number }> {
  const found = await findInCode(view, LOADS);
  return { file: found?.file ?? PROGRAM, ...(found?.line ? { line: found.line } : {}) };
}
