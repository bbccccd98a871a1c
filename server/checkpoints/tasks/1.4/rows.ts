import type { Criterion } from '../../definitions.ts';
import { missingRole } from '../../probes/compose/missing-role.ts';
import { placeOf } from '../../probes/compose/read-compose.ts';
import { composeRoles } from '../../probes/compose/roles.ts';
import { cannotTell, evidence, met, notMet, remark } from '../../probes/findings.ts';
import { changedSinceBuild } from '../../probes/image/older-image.ts';
import { explainFew } from '../../probes/postgres/explain-few.ts';
import { loadedRows } from '../../probes/postgres/loaded-rows.ts';
import { TABLE } from '../../probes/postgres/users-table.ts';

const expected = `dans la table \`${TABLE}\` de votre base, chaque utilisateur que donne la source, chargé par l’ETL`;
const QUERY = `SELECT count(*) FROM ${TABLE}`;

export const rows: Criterion = {
  id: '1.4/rows',
  needs: ['1.4/up'],
  async judge(view) {
    const roles = await composeRoles(view);
    if (!roles.database) return missingRole(roles, 'database');
    const loaded = await loadedRows(view);
    const { service, etl, working } = loaded;
    const where = { service, query: QUERY };
    const later = { expected, where, look: 'Il sera regardé de nouveau dans un instant.' };
    if (loaded.state === 'no-source') {
      return cannotTell('wait.source', { ...later, observed: 'la source de données ne répond pas : rien à quoi comparer la table' });
    }
    if (loaded.state === 'refused') {
      const look = 'Essayez la même question : `docker compose exec postgres psql -U dataeng -d warehouse`.';
      return notMet('rows.refused', { expected, observed: `la base ne se laisse pas interroger : ${loaded.message}`, where, look });
    }
    if (working && (loaded.state === 'absent' || loaded.comparison.missing.length > 0)) {
      return cannotTell('wait.loading', { ...later, observed: 'l’ETL est encore au travail' });
    }
    if (loaded.state === 'absent') return notMet(...(await explainFew(view, loaded, expected, where)));
    const { comparison, account, project } = loaded;
    const seen = { evidence: [evidence(`psql -d ${account.database} -c "${QUERY}"`, `${comparison.count}`)] };
    if (comparison.missing.length > 0) {
      const [code, diagnosis] = await explainFew(view, loaded, expected, where);
      return notMet(code, diagnosis, seen);
    }
    if (comparison.strangers.length > 0) {
      const observed = `\`${TABLE}\` a bien les identifiants, mais ${comparison.strangers.length} lignes ne sont pas celles de la source`;
      const look = 'Ces lignes ne viennent pas de la source : laissez l’ETL remplir la table, `docker compose up etl`.';
      return notMet('rows.not-from-source', { expected, observed, where, look }, seen);
    }
    const changed = etl ? await changedSinceBuild(view, etl) : [];
    const values = comparison.values.map(({ column, type }) => `\`${column}\` (${type})`).join(', ');
    const twice = `${comparison.count} lignes pour ${comparison.wanted} utilisateurs : ${comparison.doubled} d’entre eux y sont deux fois ou plus.`;
    return met({
      ...seen,
      remarks: [
        ...(comparison.doubled > 0 ? [remark('rows.doubled', twice, where)] : []),
        ...(values ? [remark('rows.values', `Des valeurs ne sont pas celles de la source : ${values}.`, where)] : []),
        ...(changed.length > 0
          ? [
              remark(
                'rows.image-older',
                `L’image est plus ancienne que ${changed.join(', ')} : \`docker compose up -d --build\` la refait.`,
                { ...where, file: changed[0] ?? '' },
              ),
            ]
          : []),
        ...(etl ? [] : [remark('rows.no-etl', 'Aucun conteneur de l’ETL ne dit d’où viennent ces lignes.', placeOf(project, service))]),
      ],
    });
  },
};
