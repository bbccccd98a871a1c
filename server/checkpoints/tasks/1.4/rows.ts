import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { changedSinceBuild } from '../../readers/image/older-image.ts';
import { explainFew } from '../../readers/postgres/explain-few.ts';
import { loadedRows } from '../../readers/postgres/loaded-rows.ts';
import { TABLE } from '../../readers/postgres/users-table.ts';

const QUERY = `SELECT count(*) FROM ${TABLE}`;

export const rows = criterion('1.4/rows', {
  needs: ['1.4/up'],
  expected: `dans la table \`${TABLE}\` de votre base, chaque utilisateur que donne la source, chargé par l’ETL`,
  async read(view) {
    const loaded = await loadedRows(view);
    const compared = loaded.state === 'compared' ? loaded : null;
    const few = loaded.state === 'absent' || (compared !== null && compared.comparison.missing.length > 0) ? loaded : null;
    const where = { service: loaded.service, query: QUERY };
    return {
      loaded,
      where,
      few,
      comparison: compared?.comparison,
      refused: loaded.state === 'refused' && loaded,
      explained: few && (few.state === 'absent' || few.state === 'compared') && !few.working ? await explainFew(view, few, where) : null,
      changed: compared?.etl ? (await changedSinceBuild(view, compared.etl))[0] : undefined,
    };
  },
  where: ({ where }) => where,
  evidence: ({ loaded }) =>
    loaded.state === 'compared' ? [evidence(`psql -d ${loaded.account.database} -c "${QUERY}"`, `${loaded.comparison.count}`)] : [],
})
  .fault('rows.refused', ({ refused }) => refused, {
    observed: (_, { message }) => `la base ne se laisse pas interroger : ${message}`,
    look: (_, { service }) => `Posez-lui une question vous-même : \`docker compose exec ${service} psql -U dataeng -d warehouse\``,
  })
  .waits('source', ({ loaded }) => loaded.state === 'no-source', {
    observed: 'la source de données ne répond pas : rien à quoi comparer la table',
  })
  .waits('loading', ({ few, loaded }) => few && loaded.working, { observed: 'l’ETL est encore au travail' })
  .faultOf(({ explained }) => explained)
  .fault('rows.not-from-source', ({ comparison }) => comparison?.strangers.length, {
    observed: (_, strangers) => `\`${TABLE}\` a bien les identifiants, mais ${strangers} lignes ne sont pas celles de la source`,
    look: 'Ces lignes ne viennent pas de la source : laissez l’ETL remplir la table, `docker compose up etl`',
  })
  .remark(
    'rows.doubled',
    ({ comparison }) => comparison && comparison.doubled > 0 && comparison,
    (_, { count, wanted, doubled }) => `${count} lignes pour ${wanted} utilisateurs : ${doubled} d’entre eux y sont deux fois ou plus.`,
  )
  .remark(
    'rows.values',
    ({ comparison }) => comparison?.values.map(({ column, type }) => `\`${column}\` (${type})`).join(', '),
    (_, values) => `Des valeurs ne sont pas celles de la source : ${values}.`,
  )
  .remark(
    'rows.image-older',
    ({ changed }) => changed,
    (_, changed) => `L’image est plus ancienne que \`${changed}\` : \`docker compose up -d --build\` la refait.`,
    ({ where }, changed) => ({ ...where, file: changed }),
  );
