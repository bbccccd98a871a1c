import { criterion } from '../../criterion.ts';
import { CACHED, placeInApi } from '../../readers/api/api-code.ts';
import { said } from '../../readers/api/endpoint-fault.ts';
import { readStats } from '../../readers/api/read-stats.ts';
import { theApi } from '../../readers/api/the-api.ts';
import { warehouse } from '../../readers/api/warehouse.ts';
import { evidence } from '../../readers/findings.ts';

const CACHE = ' Si la table a changé depuis, le cache garde une réponse plus ancienne : un chargement doit le vider.';

export const stats = criterion('2.3/stats', {
  needs: ['2.3/reachable'],
  expected: '`/stats` rend `total_users`, et dans `cities` chaque ville avec son nombre d’utilisateurs',
  async read(view) {
    const [api, table] = await Promise.all([theApi(view), warehouse(view)]);
    return {
      rows: table?.count ?? 0,
      reading: table && (await readStats(view, table)),
      place: await placeInApi(view, api, /["']\/stats\/?["']/, /["']\/users/),
      cache: await placeInApi(view, api, CACHED),
    };
  },
  where: ({ place }) => place,
  evidence: ({ reading }) =>
    reading ? [evidence(`curl ${reading.answer.url}`, `${reading.answer.status} ${said(reading.answer.body)}`)] : [],
})
  .blocked('1.4/rows', ({ reading }) => reading === null, 'la table `users_data` n’a personne à compter')
  .faultOf(({ reading }) => reading?.fault)
  .fault('stats.text', ({ reading }) => typeof reading?.value === 'string', {
    observed: '`/stats` rend un texte qui contient du JSON, et non du JSON : la valeur gardée n’est pas relue',
    where: ({ cache }) => cache,
    look: 'Redis garde du texte : `json.loads` au retour, comme `json.dumps` à l’aller.',
  })
  .fault('stats.fields', ({ reading }) => !reading?.found && reading, {
    observed: (_, { answer }) =>
      `\`/stats\` ne rend pas un nombre \`total_users\` et une liste \`cities\` de \`{city, count}\` : ${said(answer.body)}`,
    look: 'Rendez `{"total_users": …, "cities": [{"city": …, "count": …}, …]}`.',
  })
  .fault('stats.total', ({ reading, rows }) => reading?.found?.total_users !== rows && reading?.found, {
    observed: ({ rows }, { total_users }) => `\`total_users\` vaut ${total_users}, et la table a ${rows} lignes`,
    look: `Comptez les lignes, et non les villes : \`SELECT count(*)\`.${CACHE}`,
  })
  .fault('stats.city', ({ reading }) => reading?.wrong, {
    observed: (_, wrong) => `dans \`/stats\`, ${wrong}`,
    look: `Une ligne par ville, avec son nombre : \`SELECT city, count(*) … GROUP BY city\`.${CACHE}`,
  })
  .fault('stats.sum', ({ reading, rows }) => reading?.sum !== rows && reading, {
    observed: ({ rows }, { sum }) => `les villes de \`/stats\` comptent ${sum} utilisateurs en tout, et \`total_users\` en annonce ${rows}`,
    look: 'Chaque utilisateur est d’une seule ville : les deux nombres doivent être égaux. Cherchez un `LIMIT` ou un filtre.',
  });
