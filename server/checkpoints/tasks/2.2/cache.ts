import { type ApiRan, apiAct } from '../../acts/api.ts';
import { criterion } from '../../criterion.ts';
import { composeServices, theService } from '../../readers/compose/compose-services.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { evidence } from '../../readers/findings.ts';
import type { Keyspace } from '../../readers/redis/keyspace.ts';

export const cache = criterion('2.2/cache', {
  needs: ['2.2/service'],
  expected: 'après une exécution de l’ETL ou un appel de l’API, un résultat dans Redis, sous une clé qui expire',
  act: apiAct,
  async read(view, trial) {
    const { name } = await theService(view, 'redis');
    const { project, of } = await composeServices(view);
    const ran = trial.state === 'ran' ? trial : null;
    const api = ran?.api?.state === 'answers' ? ran.api.keys : null;
    const found = [ran?.afterLoad ?? null, api].filter((keys) => keys !== null);
    const without = ran?.password && found.every(({ keys }) => keys === 0) ? lacking(ran, of) : [];
    const who = without[0] ?? of.etl?.name ?? '';
    return { name, trial, ran, found, without, place: placeOf(project, who, 'environment') };
  },
  where: ({ place }) => place,
  evidence: ({ ran }) => (ran ? [evidence('redis-cli INFO keyspace', sayKeys(ran))] : []),
})
  .blocked('1.2/loads', ({ ran }) => !ran, 'dans l’essai, le pipeline ne charge rien')
  .fault('cache.no-password', ({ without }) => without.length > 0 && without, {
    observed: ({ name }, without) =>
      `\`${name}\` demande un mot de passe, et ${without.map((one) => `\`${one}\``).join(' et ')} n’en reçoit pas (NOAUTH) : rien n’est gardé`,
    look: 'Donnez à ce service `REDIS_PASSWORD`, de la même variable de `.env`, et passez-le au client Redis.',
  })
  .fault('cache.unused', ({ found }) => found.every(({ keys }) => keys === 0), {
    observed: ({ name }) => `aucune clé dans \`${name}\`, ni après le chargement, ni après un appel de l’API`,
    look: 'Une classe de cache que rien n’appelle ne garde rien : gardez un résultat après le chargement, ou une réponse de l’API.',
  })
  .fault('cache.no-expiry', ({ found }) => found.every(({ expiring }) => expiring === 0), {
    observed: ({ name }) => `les clés de \`${name}\` n’expirent jamais : un résultat d’aujourd’hui y sera encore dans un an`,
    look: 'Donnez une durée à chaque clé : `setex(clé, 3600, valeur)`, ou `set(clé, valeur, ex=3600)`.',
  });

/** The services that use Redis without its password. */
function lacking({ password, api }: ApiRan, of: Awaited<ReturnType<typeof composeServices>>['of']): string[] {
  if (password === null) return [];
  return [...(password.etl ? [] : [of.etl?.name]), ...(password.api || api === null ? [] : [of.api?.name])].filter(
    (name) => name !== undefined,
  );
}

function sayKeys({ afterLoad, api }: ApiRan): string {
  const lines = [`après le chargement : ${say(afterLoad)}`];
  return [...lines, ...(api?.state === 'answers' ? [`après /users : ${say(api.keys)}`] : [])].join('\n');
}

function say(keys: Keyspace | null): string {
  return keys === null ? 'Redis ne répond pas' : `${keys.keys} clés, dont ${keys.expiring} qui expirent`;
}
