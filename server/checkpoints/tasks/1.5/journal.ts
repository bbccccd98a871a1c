import { criterion } from '../../criterion.ts';
import { theService } from '../../readers/compose/compose-services.ts';
import { theContainer } from '../../readers/container/stack.ts';
import { evidence } from '../../readers/findings.ts';
import { failureIn } from '../../readers/logs/failure-lines.ts';
import { loadedRows } from '../../readers/postgres/loaded-rows.ts';
import { TABLE } from '../../readers/postgres/users-table.ts';
import { tail } from '../../readers/say.ts';
import { LOG_BYTES } from '../../readers/trouble/trouble.ts';

export const journal = criterion('1.5/journal', {
  needs: ['1.4/up', '1.4/rows', '1.4/logs'],
  expected: 'un dernier passage dont le journal ne dit aucun échec, et dont les lignes sont là, une fois chacune',
  async read(view) {
    const { name } = await theService(view, 'etl');
    const container = await theContainer(view, name);
    const [loaded, log] = await Promise.all([
      loadedRows(view),
      view.engine.logs(container.id, { maxBytes: LOG_BYTES, sinceMs: container.startedMs }),
    ]);
    const comparison = loaded.state === 'compared' ? loaded.comparison : null;
    return { name, log, failure: failureIn(log), comparison, where: { service: name, container: container.name } };
  },
  where: ({ where }) => where,
  evidence: ({ name, log }) => [evidence(`docker compose logs ${name}`, tail(log, 12))],
})
  .fault('journal.failure', ({ failure }) => failure && !failure.overcome && failure, {
    observed: ({ name }, { text }) => `le journal de \`${name}\` dit un échec : ${text}`,
    look: ({ name }) => `\`docker compose logs ${name}\` : lisez de bas en haut jusqu’à la première cause.`,
  })
  .fault('journal.doubled', ({ comparison }) => comparison && comparison.doubled > 0 && comparison, {
    observed: (_, { count, wanted }) =>
      `${count} lignes dans \`${TABLE}\` pour ${wanted} utilisateurs de la source : chaque passage en ajoute (\`append\`), elles sont doublées`,
    where: ({ where }) => ({ ...where, query: `SELECT count(*) FROM ${TABLE}` }),
    look: 'Videz la table dans la même transaction que le chargement, ou mettez à jour les lignes par leur `id`.',
  })
  .remark(
    'journal.silent',
    ({ log }) => log.trim() === '',
    ({ name }) => `\`docker compose logs ${name}\` ne montre rien : ajoutez un \`StreamHandler\`, à côté du fichier.`,
  )
  .remark(
    'journal.overcome',
    ({ failure }) => failure,
    (_, { text }) => `Le journal dit aussi un échec, surmonté ensuite : ${text}`,
  );
