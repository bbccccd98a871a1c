import type { Criterion } from '../../definitions.ts';
import { composeRoles } from '../../probes/compose/roles.ts';
import { LOG_BYTES } from '../../probes/container/trouble.ts';
import { evidence, met, notMet, remark } from '../../probes/findings.ts';
import { failureIn } from '../../probes/logs/failure-lines.ts';
import { loadedRows } from '../../probes/postgres/loaded-rows.ts';
import { TABLE } from '../../probes/postgres/users-table.ts';
import { tail } from '../../probes/say.ts';

const expected = 'un dernier passage dont le journal ne dit aucun échec, et dont les lignes sont là, une fois chacune';

export const journal: Criterion = {
  id: '1.5/journal',
  needs: ['1.4/up', '1.4/rows', '1.4/logs'],
  async judge(view) {
    const [{ etl }, loaded] = await Promise.all([composeRoles(view), loadedRows(view)]);
    const container = loaded.etl;
    if (!etl || !container || loaded.state !== 'compared') throw new Error('this criterion must need 1.4/rows');
    const log = await view.engine.logs(container.id, { maxBytes: LOG_BYTES, sinceMs: container.startedMs });
    const where = { service: etl.name, container: container.name };
    const seen = { evidence: [evidence(`docker compose logs ${etl.name}`, tail(log, 12))] };
    const failure = failureIn(log);
    if (failure && !failure.overcome) {
      const look = `\`docker compose logs ${etl.name}\` : lisez de bas en haut jusqu’à la première cause.`;
      return notMet(
        'journal.failure',
        { expected, observed: `le journal de \`${etl.name}\` dit un échec : ${failure.text}`, where, look },
        seen,
      );
    }
    const { count, wanted, doubled } = loaded.comparison;
    if (doubled > 0) {
      const observed = `${count} lignes dans \`${TABLE}\` pour ${wanted} utilisateurs de la source : chaque passage en ajoute (\`append\`), elles sont doublées`;
      const look = 'Videz la table dans la même transaction que le chargement, ou mettez à jour les lignes par leur `id`.';
      return notMet('journal.doubled', { expected, observed, where: { ...where, query: `SELECT count(*) FROM ${TABLE}` }, look }, seen);
    }
    const silent = `\`docker compose logs ${etl.name}\` ne montre rien : ajoutez un \`StreamHandler\`, à côté du fichier.`;
    return met({
      ...seen,
      remarks: [
        ...(log.trim() === '' ? [remark('journal.silent', silent, where)] : []),
        ...(failure ? [remark('journal.overcome', `Le journal dit aussi un échec, surmonté ensuite : ${failure.text}`, where)] : []),
      ],
    });
  },
};
