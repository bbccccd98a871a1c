import { criterion } from '../../criterion.ts';
import { CACHED, placeInApi } from '../../readers/api/api-code.ts';
import { said } from '../../readers/api/endpoint-fault.ts';
import { readUser } from '../../readers/api/read-user.ts';
import { theApi } from '../../readers/api/the-api.ts';
import { warehouse } from '../../readers/api/warehouse.ts';
import { evidence } from '../../readers/findings.ts';

const ERROR_TEXT = /psycopg|sqlalchemy|asyncpg|SELECT |out of range|Traceback/i;

export const user = criterion('2.3/user', {
  needs: ['2.3/reachable'],
  expected: '`/users/{id}` rend l’utilisateur de cet id, 404 s’il n’existe pas, et 422 si l’id n’est pas un nombre',
  async read(view) {
    const [api, table] = await Promise.all([theApi(view), warehouse(view)]);
    return {
      asked: table && (await readUser(view, table)),
      place: await placeInApi(view, api, /["']\/users\/\{/, /\{\w*id\w*\}/),
      cache: await placeInApi(view, api, CACHED),
    };
  },
  where: ({ place }) => place,
  evidence: ({ asked }) =>
    (asked ? [...asked.known, asked.unknown, asked.word] : []).map(({ answer }) =>
      evidence(`curl ${answer.url}`, `${answer.status} ${said(answer.body)}`),
    ),
})
  .blocked('1.4/rows', ({ asked }) => asked === null, 'la table `users_data` n’a personne à rendre')
  .faultOf(({ asked }) => asked?.known.find(({ fault }) => fault)?.fault)
  .fault('user.text', ({ asked }) => asked?.known.find(({ value }) => typeof value === 'string'), {
    observed: (_, { id }) => `\`/users/${id}\` rend un texte qui contient du JSON, et non du JSON : la valeur gardée n’est pas relue`,
    where: ({ cache }) => cache,
    look: 'Redis garde du texte : `json.loads` au retour, comme `json.dumps` à l’aller.',
  })
  .fault('user.shape', ({ asked }) => asked?.known.find(({ row }) => row === undefined || !('id' in row)), {
    observed: (_, { id, answer }) => `\`/users/${id}\` ne rend pas les colonnes d’un utilisateur : ${said(answer.body)}`,
    look: 'Rendez la ligne elle-même, un dictionnaire de ses colonnes, sans liste ni enveloppe autour.',
  })
  .fault('user.same-for-all', ({ asked }) => asked?.known.find(({ id, row }) => String(row?.id) !== id), {
    observed: (_, { id, row }) => `\`/users/${id}\` rend l’utilisateur ${String(row?.id)} : plusieurs id reçoivent la même réponse`,
    where: ({ cache }) => cache,
    look: 'La clé du cache doit contenir l’identifiant, `users:{user_id}` : avec une même clé pour tous, la première réponse sert à tous. Sans cache, c’est le `WHERE` de la requête.',
  })
  .fault('user.columns', ({ asked }) => asked?.known.find(({ difference }) => difference?.kind === 'columns'), {
    observed: (_, { id, difference }) => `\`/users/${id}\` n’a pas ${difference?.what}`,
    look: 'La requête doit rendre les dix colonnes de la table, sous leurs noms.',
  })
  .fault('user.row', ({ asked }) => asked?.known.find(({ difference, stale }) => difference && !stale), {
    observed: (_, { id, difference }) => `\`/users/${id}\` n’a pas la ligne de la table : ${difference?.what}`,
    look: 'Suivez cette valeur de la requête à la réponse.',
  })
  .fault('user.injection', ({ asked }) => asked?.injection.answer.status === 200, {
    observed: '`/users/1 OR 1=1` rend des lignes : le texte de l’adresse entre dans le SQL, et quiconque peut tout lire, ou tout effacer',
    look: 'Donnez la valeur à part, `text("… WHERE id = :id"), {"id": user_id}`, et son type au paramètre : `user_id: int`.',
  })
  .fault('user.unknown', ({ asked }) => asked?.unknown.answer.status !== 404 && asked?.unknown, {
    observed: (_, { id, answer }) => `\`/users/${id}\`, qui n’existe pas, répond ${answer.status} : ${said(answer.body)}`,
    look: (_, { answer }) =>
      answer.status >= 500
        ? 'Si aucune ligne ne vient, levez `HTTPException(404)`, hors de portée d’un `except Exception`, qui en ferait une erreur 500.'
        : 'Si aucune ligne ne vient, levez `HTTPException(status_code=404)`.',
  })
  .fault('user.not-a-number', ({ asked }) => asked?.word.refused === false && asked.word, {
    observed: (_, { answer }) => `\`/users/abc\` répond ${answer.status} : ${said(answer.body)}`,
    look: 'Déclarez le type du paramètre, `user_id: int` : FastAPI répond alors 422 à ce qui n’est pas un nombre.',
  })
  .fault('user.odd-number', ({ asked }) => asked?.odd.find(({ refused }) => !refused), {
    observed: (_, { id, answer }) => `\`/users/${id}\` répond ${answer.status} : ${said(answer.body)}`,
    look: 'Aucune ligne n’a cet id : c’est 404, ou 422 si le paramètre est borné (`Path(ge=1)`).',
  })
  .remark(
    'user.huge-number',
    ({ asked }) => asked?.huge?.refused === false && asked.huge,
    (_, { id, answer: { status, body } }) =>
      `\`/users/${id}\` répond ${status} : la base refuse un si grand nombre${ERROR_TEXT.test(body) ? ', et son message part chez le client' : ''}. \`Path(le=2147483647)\` le refuse avant elle.`,
  )
  .remark(
    'user.before-load',
    ({ asked }) => asked?.known.some(({ stale }) => stale),
    'La réponse date d’avant le dernier chargement : le cache l’a gardée.',
    ({ cache }) => cache,
  );
