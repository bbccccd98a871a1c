import type { Remark } from '../../../../contract/verdict.ts';
import type { Criterion, LabView } from '../../definitions.ts';
import { missingRole } from '../../probes/compose/missing-role.ts';
import { composeRoles } from '../../probes/compose/roles.ts';
import { cannotTell, evidence, met, notMet, remark } from '../../probes/findings.ts';
import { changedSinceBuild } from '../../probes/image/older-image.ts';
import { explainFew } from '../../probes/postgres/explain-few.ts';
import { type ComparedTable, loadedRows } from '../../probes/postgres/loaded-rows.ts';
import { TABLE } from '../../probes/postgres/users-table.ts';

const expected = `dans la table \`${TABLE}\` de votre base, chaque utilisateur que donne la source, chargé par l’ETL`;
const QUERY = `SELECT count(*) FROM ${TABLE}`;
const LATER = 'Il sera regardé de nouveau dans un instant.';

export const rows: Criterion = {
  id: '1.4/rows',
  needs: ['1.4/up'],
  async judge(view) {
    const roles = await composeRoles(view);
    if (!roles.database) return missingRole(roles, 'database');
    const loaded = await loadedRows(view);
    const where = { service: loaded.service, query: QUERY };
    switch (loaded.state) {
      case 'no-source': {
        const observed = 'la source de données ne répond pas : rien à quoi comparer la table';
        return cannotTell('wait.source', { expected, observed, where, look: LATER });
      }
      case 'refused': {
        const look = `Posez-lui une question vous-même : \`docker compose exec ${loaded.service} psql -U dataeng -d warehouse\`.`;
        return notMet('rows.refused', { expected, observed: `la base ne se laisse pas interroger : ${loaded.message}`, where, look });
      }
      case 'absent':
        return loaded.working ? stillLoading(where) : notMet(...(await explainFew(view, loaded, expected, where)));
      case 'compared':
        return compared(view, loaded, where);
    }
  },
};

type Place = { readonly service: string; readonly query: string };

function stillLoading(where: Place) {
  return cannotTell('wait.loading', { expected, observed: 'l’ETL est encore au travail', where, look: LATER });
}

async function compared(view: LabView, loaded: ComparedTable, where: Place) {
  const { comparison, account } = loaded;
  const seen = { evidence: [evidence(`psql -d ${account.database} -c "${QUERY}"`, `${comparison.count}`)] };
  if (comparison.missing.length > 0) {
    if (loaded.working) return stillLoading(where);
    const [code, diagnosis] = await explainFew(view, loaded, expected, where);
    return notMet(code, diagnosis, seen);
  }
  if (comparison.strangers.length > 0) {
    const observed = `\`${TABLE}\` a bien les identifiants, mais ${comparison.strangers.length} lignes ne sont pas celles de la source`;
    const look = 'Ces lignes ne viennent pas de la source : laissez l’ETL remplir la table, `docker compose up etl`.';
    return notMet('rows.not-from-source', { expected, observed, where, look }, seen);
  }
  return met({ ...seen, remarks: await remarksOn(view, loaded, where) });
}

async function remarksOn(view: LabView, { comparison, etl }: ComparedTable, where: Place): Promise<Remark[]> {
  const remarks: Remark[] = [];
  const { count, wanted, doubled } = comparison;
  if (doubled > 0) {
    const text = `${count} lignes pour ${wanted} utilisateurs : ${doubled} d’entre eux y sont deux fois ou plus.`;
    remarks.push(remark('rows.doubled', text, where));
  }
  const values = comparison.values.map(({ column, type }) => `\`${column}\` (${type})`);
  if (values.length > 0) {
    remarks.push(remark('rows.values', `Des valeurs ne sont pas celles de la source : ${values.join(', ')}.`, where));
  }
  const [changed] = etl ? await changedSinceBuild(view, etl) : [];
  if (changed) {
    const text = `L’image est plus ancienne que \`${changed}\` : \`docker compose up -d --build\` la refait.`;
    remarks.push(remark('rows.image-older', text, { ...where, file: changed }));
  }
  return remarks;
}
