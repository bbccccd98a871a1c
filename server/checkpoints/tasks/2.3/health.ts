import { answersOf, apiAct } from '../../acts/api.ts';
import { hasKey, isGood, say, statusOf } from '../../acts/sandbox/api-answer.ts';
import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { placeInCode } from '../../readers/python/project-code.ts';

/** Words of drivers and of Python, which tell a client about the inside. */
const INSIDE = /psycopg|asyncpg|sqlalche|OperationalError|Traceback|could not translate|connection to server|\[Errno|postgres(ql)?:\/\//i;

export const health = criterion('2.3/health', {
  needs: ['2.3/service'],
  expected: '`/health` répond 200 quand PostgreSQL répond, une erreur 5xx quand il est arrêté, et de nouveau 200 après son retour',
  act: apiAct,
  async read(view, trial) {
    const api = answersOf(trial);
    return { api, where: { ...(await placeInCode(view, /["']\/health["']/)), service: 'api' } };
  },
  where: ({ where }) => where,
  evidence: ({ api }) =>
    api
      ? [
          evidence(
            'GET /health',
            `base en marche : ${say(api.healthy)}\nbase arrêtée : ${say(api.down.health)}\nbase revenue : ${say(api.up.health)}`,
          ),
        ]
      : [],
})
  .blocked('2.3/reachable', ({ api }) => !api, 'dans l’essai, l’API ne répond pas')
  .fault('health.absent', ({ api }) => api && statusOf(api.healthy) === 404, {
    observed: '`/health` répond 404 : ce point d’accès n’existe pas dans l’image',
    look: 'Ajoutez-le à `api/main.py`, puis reconstruisez : `docker compose up -d --build api`',
  })
  .fault('health.says-no', ({ api }) => api && statusOf(api.healthy) !== 200 && api.healthy, {
    observed: (_, answer) => `PostgreSQL répond, et \`/health\` dit le contraire : ${say(answer)}`,
    look: 'Posez à la base une question qui réussit toujours : `SELECT 1`.',
  })
  .fault('health.no-status', ({ api }) => api && !hasKey(api.healthy, 'status') && api.healthy, {
    observed: (_, answer) => `la réponse de \`/health\` n’a pas de \`status\` : ${say(answer)}`,
    look: 'Le brief rend un objet : `{"status": "healthy", "database": "connected"}`.',
  })
  .fault('health.always-yes', ({ api }) => api && isGood(api.down.health) && api.down.health, {
    observed: (_, answer) => `PostgreSQL est arrêté, et \`/health\` répond ${say(answer)} : il ne regarde pas la base`,
    look: 'Un bilan qui ne peut pas échouer ne dit rien : interrogez la base (`SELECT 1`), et répondez 503 si elle ne répond pas.',
  })
  .fault('health.no-answer', ({ api }) => api && 'failed' in api.down.health && api.down.health, {
    observed: (_, { failed }) => `PostgreSQL est arrêté, et \`/health\` ne répond pas : ${failed}`,
    look: 'Donnez un délai court à la connexion : `connect_args={"connect_timeout": 3}`, et répondez 503.',
  })
  .fault('health.not-5xx', ({ api }) => api && (statusOf(api.down.health) ?? 0) < 500 && api.down.health, {
    observed: (_, answer) => `PostgreSQL est arrêté, et \`/health\` répond ${say(answer)}`,
    look: 'Une panne du serveur se dit par un code 5xx : 503 veut dire « indisponible pour le moment ».',
  })
  .fault('health.no-recovery', ({ api }) => api && !isGood(api.up.health) && api.up.health, {
    observed: (_, answer) => `PostgreSQL est revenu, et \`/health\` répond encore, une minute après : ${say(answer)}`,
    look: 'Une connexion gardée est morte avec la base : `create_engine(…, pool_pre_ping=True)` la refait.',
  })
  .remark(
    'health.leak',
    ({ api }) => api && [api.down.health, api.down.users].find((answer) => 'body' in answer && INSIDE.test(answer.body)),
    'Quand la base est arrêtée, la réponse donne au client le texte de l’erreur (`str(e)`) : hôte, pilote, parfois l’adresse. Gardez-le pour le journal.',
  );
