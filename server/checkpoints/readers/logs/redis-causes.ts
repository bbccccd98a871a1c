import { cause, type EtlCause, type EtlRun, placeOfVariable } from './cause.ts';

const NAMES = /redis|cache/i;

/** Redis wants a password, or another one. */
export function redisAccount({ log, project, etl, redis }: EtlRun): EtlCause | null {
  if (!/redis\.exceptions\.\w*(Authentication|Response|NoPermission)\w*Error|NOAUTH|WRONGPASS|invalid username-password pair/.test(log))
    return null;
  if (!/[Aa]uthentication required|NOAUTH|WRONGPASS|invalid username-password|without any password configured/.test(log)) return null;
  const { where, name } = placeOfVariable(project, etl, (one) => NAMES.test(one));
  const service = redis?.name ?? 'redis';
  const what = /[Aa]uthentication required|NOAUTH/.test(log)
    ? 'demande un mot de passe, et n’en reçoit pas'
    : 'refuse le mot de passe qu’il reçoit';
  return cause(
    'etl.redis-password',
    `le service \`${service}\` ${what} (${/NOAUTH|[Aa]uthentication required/.test(log) ? 'NOAUTH' : 'WRONGPASS'})`,
    where,
    `Donnez à \`${etl.name}\` le mot de passe de \`requirepass\`, de la même variable de \`.env\` : \`REDIS_PASSWORD\`.`,
    name === null,
  );
}

/** Redis was not found, or nothing listens where it was looked for. */
export function redisUnreached({ log, project, etl, redis }: EtlRun): EtlCause | null {
  const [, number = '', host = '', port = ''] = /redis\.exceptions\.\w*Error: Error (-?\d+) connecting to ([\w.-]+):(\d+)/.exec(log) ?? [];
  if (host === '') return null;
  const { where, name } = placeOfVariable(project, etl, (one, value) => NAMES.test(one) || value.startsWith('redis'));
  const service = redis?.name ?? 'redis';
  const written = name ? `, écrit dans \`${name}\`` : '';
  const look = redis ? `Redis est le service \`${service}\`, sur le port 6379.` : 'Le fichier Compose n’a pas de service Redis.';
  if (number.startsWith('-'))
    return cause(
      'etl.redis-unknown',
      `l’hôte \`${host}\`${written}, ne se résout pas : Redis n’est pas trouvé`,
      where,
      look,
      name === null,
    );
  return cause('etl.redis-refused', `Redis ne répond pas à \`${host}:${port}\`${written}`, where, look, name === null);
}
