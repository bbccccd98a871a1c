import type { DocumentsRun } from '../../acts/raw-documents.ts';
import { rawDocumentsAct } from '../../acts/raw-documents.ts';
import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { withoutBrokenUrl } from '../../readers/logs/broken-url.ts';
import { causeOf } from '../../readers/logs/read-failure.ts';
import { COLLECTION } from '../../readers/mongodb/raw-documents.ts';
import { placeInCode } from '../../readers/python/project-code.ts';

const WRITES = /insert_many|insert_one|bulk_write|ReplaceOne|UpdateOne|update_one|replace_one|delete_many|\.drop\(/;

export const again = criterion('2.1/again', {
  needs: ['2.1/service'],
  expected: `après deux exécutions, un seul document par utilisateur dans \`${COLLECTION}\` ; après une exécution manquée, les documents d’avant`,
  act: rawDocumentsAct,
  async read(view, trial) {
    const { first = null, again: second = null, later = null, failed = null } = trial.state === 'ran' ? trial : {};
    return {
      first,
      second,
      later,
      failed,
      before: count(first),
      after: count(second),
      crashed: second?.run.code && first?.run.code === 0 ? second.run : null,
      absent: later?.documents ? later.users.filter((id) => !ids(later).includes(id)) : [],
      where: { ...(await placeInCode(view, WRITES)), query: `db.${COLLECTION}.countDocuments()` },
    };
  },
  where: ({ where }) => where,
  evidence: ({ first, second, later, failed }) => [
    evidence(`${COLLECTION}, passage après passage`, [first, second, later, failed].flatMap(sayRun).join('\n')),
  ],
})
  .blocked('2.1/documents', ({ second }) => !second, 'ce qui suit ne peut pas être essayé sans un programme qui écrit ses documents bruts')
  .fault('again.crash', ({ crashed }) => crashed, {
    observed: (_, { code, log }) => `la seconde exécution s’arrête avec le code ${code} : ${causeOf(withoutBrokenUrl(log))}`,
    look: 'L’écriture doit accepter des documents qui existent déjà : `ReplaceOne(…, upsert=True)` remplace ou ajoute.',
  })
  .fault('again.doubled', ({ before, after }) => after > before, {
    observed: ({ after, first }) =>
      `${after} documents dans \`${COLLECTION}\` après deux exécutions, pour ${first?.users.length} utilisateurs : ils sont en double`,
    look: '`insert_many` ajoute sans regarder. Prenez l’`id` de la source pour clé, et remplacez : `ReplaceOne({"_id": …}, …, upsert=True)`.',
  })
  .fault('again.lost', ({ before, after }) => after < before, {
    observed: ({ before, after }) => `${before} documents après la première exécution, ${after} après la seconde`,
    look: 'Remplacez chaque document par sa clé, sans vider la collection avant d’écrire.',
  })
  .fault('again.later-missing', ({ absent }) => absent.length > 0 && absent, {
    expected: 'quand la source change, ses nouveaux utilisateurs arrivent aussi',
    observed: (_, absent) =>
      `la source a changé, et ${absent.length} de ses utilisateurs n’ont pas de document (id ${absent.slice(0, 5).join(', ')})`,
    look: 'Écrivez à chaque exécution tout ce que la source donne.',
  })
  .fault('again.emptied', ({ later, failed }) => failed !== null && count(failed) < count(later), {
    expected: 'après une exécution manquée, les documents d’avant',
    observed: ({ later, failed }) =>
      `la source est en panne, et ${count(later) - count(failed)} documents ont disparu de \`${COLLECTION}\` : il en reste ${count(failed)}`,
    look: 'N’effacez rien avant d’avoir la nouvelle réponse de la source.',
  });

function count(run: DocumentsRun | null): number {
  return run?.documents?.count ?? 0;
}

function ids({ documents }: DocumentsRun): number[] {
  return (documents?.documents ?? []).flatMap((one) => [one, ...Object.values(one)]).flatMap((one) => idOf(one));
}

function idOf(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return ['id', '_id'].flatMap((key) => (key in value ? [Number(Reflect.get(value, key))] : []));
}

function sayRun(run: DocumentsRun | null): string[] {
  return run === null ? [] : [`${count(run)} documents pour ${run.users.length} utilisateurs, code ${run.run.code ?? '–'}`];
}
