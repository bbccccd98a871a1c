import { criterion } from '../../criterion.ts';
import { CACHED, placeInApi } from '../../readers/api/api-code.ts';
import { said } from '../../readers/api/endpoint-fault.ts';
import { readUsersAnswer } from '../../readers/api/read-users.ts';
import { theApi } from '../../readers/api/the-api.ts';
import { warehouse } from '../../readers/api/warehouse.ts';
import { evidence } from '../../readers/findings.ts';

export const users = criterion('2.3/users', {
  needs: ['2.3/reachable'],
  expected: '`/users` rend `{"count": …, "data": […]}` : les lignes de `users_data`, et leur nombre',
  async read(view) {
    const [api, table] = await Promise.all([theApi(view), warehouse(view)]);
    const reading = table && (await readUsersAnswer(view, table));
    return {
      reading,
      time: reading?.again ? 'la seconde fois, ' : '',
      place: await placeInApi(view, api, /["']\/users\/?["']/),
      cache: await placeInApi(view, api, CACHED),
    };
  },
  where: ({ place }) => place,
  evidence: ({ reading }) =>
    reading ? [evidence(`curl ${reading.answer.url}`, `${reading.answer.status} ${said(reading.answer.body)}`)] : [],
})
  .blocked('1.4/rows', ({ reading }) => reading === null, 'la table `users_data` n’a rien à rendre')
  .faultOf(({ reading }) => reading?.fault)
  .fault('users.text', ({ reading }) => typeof reading?.value === 'string', {
    observed: ({ time }) => `${time}\`/users\` rend un texte qui contient du JSON, et non du JSON : la valeur gardée n’est pas relue`,
    where: ({ cache }) => cache,
    look: 'Redis garde du texte : `json.loads` au retour, comme `json.dumps` à l’aller.',
  })
  .fault('users.list', ({ reading }) => Array.isArray(reading?.value), {
    observed: ({ time }) => `${time}\`/users\` rend une liste, sans \`count\` ni \`data\``,
    look: 'Rendez `{"count": len(users), "data": users}`.',
  })
  .fault('users.fields', ({ reading }) => !reading?.found && reading, {
    observed: ({ time }, { answer }) => `${time}\`/users\` ne rend pas un nombre \`count\` et une liste \`data\` : ${said(answer.body)}`,
    look: 'Rendez `{"count": len(users), "data": users}`.',
  })
  .fault('users.count', ({ reading }) => reading?.found?.count !== reading?.found?.data.length && reading?.found, {
    observed: ({ time }, { count, data }) => `${time}\`count\` vaut ${count}, et \`data\` a ${data.length} éléments`,
    look: '`count` est la longueur de `data` : `len(users)`.',
  })
  .fault('users.columns', ({ reading }) => reading?.difference?.kind === 'columns' && reading.difference, {
    observed: (_, { what }) => `dans \`/users\`, des utilisateurs n’ont pas ${what}`,
    look: 'La requête doit rendre les dix colonnes de la table, sous leurs noms.',
  })
  .fault('users.rows', ({ reading }) => !reading?.stale && reading?.difference, {
    observed: ({ time }, { what }) => `${time}\`/users\` n’a pas les lignes de la table : ${what}`,
    look: 'Lisez la table à chaque question que le cache ne connaît pas ; et après un chargement, le cache est à vider.',
  })
  .remark(
    'users.before-load',
    ({ reading }) => reading?.stale,
    'La réponse date d’avant le dernier chargement : le cache l’a gardée, et la table a changé depuis.',
    ({ cache }) => cache,
  );
