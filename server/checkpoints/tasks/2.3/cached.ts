import { answersOf, apiAct } from '../../acts/api.ts';
import { type ApiAnswer, bodyOf, isGood, say, statusOf, userIds } from '../../acts/sandbox/api-answer.ts';
import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { placeInCode } from '../../readers/python/project-code.ts';

/** A stale answer that lives shorter than this is no surprise, in seconds. */
const BRIEF_S = 60;

export const cached = criterion('2.3/cached', {
  needs: ['2.3/service', '2.2/service'],
  expected:
    'des réponses gardées dans Redis et relues, de même forme, sans les erreurs, refaites après un chargement, et une API qui répond sans Redis',
  act: apiAct,
  async read(view, trial) {
    const api = answersOf(trial);
    return { api, code: await placeInCode(view, /setex|\.set\(|\.get\(|hset|cache/i) };
  },
  where: ({ code }) => ({ ...code, service: 'api' }),
  evidence: ({ api }) =>
    api
      ? [
          evidence('GET /users', `d’abord : ${say(api.users.first)}\nune ligne changée : ${say(api.users.changed)}`),
          evidence(
            'redis-cli INFO keyspace',
            api.keys ? `${api.keys.keys} clés, dont ${api.keys.expiring} qui expirent` : 'Redis ne répond pas',
          ),
        ]
      : [],
})
  .blocked('2.3/reachable', ({ api }) => !api, 'dans l’essai, l’API ne répond pas')
  .blocked('2.3/users', ({ api }) => api && !isGood(api.users.first), '`/users` ne répond pas')
  .blocked(
    '2.2/cache',
    ({ api }) => api && (api.keys === null || api.keys.keys === 0),
    'un appel de `/users` ne laisse aucune clé dans Redis',
  )
  .fault('cached.no-expiry', ({ api }) => api?.keys?.expiring === 0, {
    observed: 'les réponses gardées dans Redis n’expirent jamais',
    look: 'Donnez une durée à chaque clé : `setex(clé, 3600, valeur)`.',
  })
  .fault(
    'cached.never-read',
    ({ api }) => api && bodyOf(api.users.changed) !== bodyOf(api.users.first) && isAlike(api.users.first, api.users.changed),
    {
      observed:
        'une ligne change dans PostgreSQL, et `/users` la montre aussitôt : le cache est écrit, et jamais relu, chaque appel va à PostgreSQL',
      look: 'Cherchez d’abord la clé dans Redis, et n’interrogez PostgreSQL que si elle n’y est pas.',
    },
  )
  .fault('cached.other-shape', ({ api }) => api && bodyOf(api.users.changed) !== bodyOf(api.users.first) && api.users.changed, {
    observed: (_, answer) => `la seconde réponse de \`/users\` n’a pas la forme de la première : ${say(answer)}`,
    look: 'Redis garde du texte : `json.loads` le rend tel qu’il était avant `json.dumps`.',
  })
  .blocked(
    '2.3/user',
    ({ api }) => api && isGood(api.one) && bodyOf(api.one) === bodyOf(api.other),
    'deux utilisateurs ont la même réponse',
  )
  .fault('cached.error', ({ api }) => api && statusOf(api.unknown) === 404 && !isGood(api.added) && api.added, {
    observed: (_, answer) =>
      `un utilisateur inconnu répond 404 ; sa ligne ajoutée, l’API répond encore ${say(answer)} : elle a gardé l’erreur`,
    look: 'Ne gardez que les réponses trouvées : levez l’erreur avant d’écrire dans le cache.',
  })
  .fault('cached.error', ({ api }) => api && !isGood(api.down.users) && !isGood(api.up.users) && isGood(api.up.health) && api.up.users, {
    observed: (_, answer) => `PostgreSQL est revenu, et \`/users\` répond encore ${say(answer)} : l’erreur a été gardée`,
    look: 'Ne gardez que les réponses trouvées : levez l’erreur avant d’écrire dans le cache.',
  })
  .fault('cached.needs-redis', ({ api }) => api?.withoutRedis && !isGood(api.withoutRedis) && api.withoutRedis, {
    observed: (_, answer) => `Redis est arrêté, et \`/users\` ne répond plus : ${say(answer)}`,
    look: 'Un cache est un confort : attrapez `redis.RedisError`, donnez un délai court à la connexion, et lisez PostgreSQL.',
  })
  .fault('cached.stale', ({ api }) => api && isStale(api.users.reloaded, api.later) && (api.keys?.ttlSeconds ?? 0) > BRIEF_S && api.keys, {
    observed: (_, keys) =>
      `un chargement vient de finir, et \`/users\` donne encore les lignes d’avant, pour ${keys.ttlSeconds} secondes au plus`,
    look: 'Après un chargement, oubliez ce qui a été calculé avant : le pipeline efface les clés de l’API, par leur préfixe.',
  })
  .remark(
    'cached.briefly-stale',
    ({ api }) => api && isStale(api.users.reloaded, api.later),
    'Après un chargement, `/users` donne encore les lignes d’avant pendant moins d’une minute.',
  );

/** Both are what `/users` should answer. */
function isAlike(...answers: readonly ApiAnswer[]): boolean {
  return answers.every((answer) => userIds(answer) !== null);
}

/** Users of the new source are not in the answer, although they were loaded. */
function isStale(answer: ApiAnswer, { ids, loaded }: { readonly ids: readonly number[]; readonly loaded: boolean }): boolean {
  const shown = userIds(answer);
  return loaded && shown !== null && ids.some((id) => !shown.includes(id));
}
