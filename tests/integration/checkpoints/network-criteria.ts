import { z } from 'zod';
import { criterion } from '../../../server/checkpoints/criterion.ts';
import { evidence } from '../../../server/checkpoints/readers/findings.ts';
import { http, jsonOf } from '../../../server/checkpoints/readers/http/http.ts';
import { redis } from '../../../server/checkpoints/readers/redis/redis.ts';

/** A criterion over HTTP. */
export const health = criterion('test/health', {
  needs: [],
  expected: '`web` répond 200 à `/health.json`, avec `"status": "ok"`',
  async read(view) {
    const answer = await http(view, { service: 'web', port: 8000 }, { path: '/health.json' });
    return { answer, status: jsonOf(answer, z.object({ status: z.string() }))?.status };
  },
  where: { service: 'web' },
  evidence: ({ answer }) => [evidence(answer.url, answer.body)],
})
  .fault('health.status', ({ answer }) => answer.status !== 200 && answer, {
    observed: (_, { url, status }) => `\`${url}\` répond ${status}`,
    look: 'Vérifiez le chemin que votre serveur connaît.',
  })
  .fault('health.not-ok', ({ status }) => status !== 'ok', {
    observed: ({ status }) => (status === undefined ? 'la réponse n’a pas de `status`' : `\`status\` vaut \`${status}\``),
    look: 'Lisez les journaux du service : `docker compose logs web`.',
  })
  .remark(
    'health.server',
    ({ answer }) => answer.headers.server,
    (_, server) => `votre serveur dit sa version à tous : \`${server}\``,
  );

/** A criterion over Redis. */
export const visits = criterion('test/visits', {
  needs: [],
  expected: '`cache` compte les visites sous la clé `visits`',
  read: async (view) => ({ count: await redis(view, { service: 'cache' }, ['GET', 'visits']) }),
  where: { service: 'cache' },
  evidence: ({ count }) => [evidence('GET visits', String(count))],
})
  .fault('visits.absent', ({ count }) => count === null, {
    observed: 'la clé `visits` n’existe pas',
    look: 'Ouvrez une page, puis demandez `redis-cli GET visits`.',
  })
  .fault('visits.no-number', ({ count }) => !/^\d+$/.test(String(count)), {
    observed: ({ count }) => `\`visits\` vaut \`${count}\``,
    look: 'Comptez avec `INCR`.',
  });
