import { passwordInUrl } from '../../mask.ts';
import { decodedPart } from '../url-part.ts';
import { cause, type EtlCause, type EtlRun, firstOf, placeOfVariable } from './cause.ts';

const NAMES = /mongo/i;
const NOT_ENCODED = /must be escaped according to RFC 3986|Port contains non-digit|Port must be an integer between 0 and 65535|InvalidURI/;
const UNREACHED = /ServerSelectionTimeoutError|AutoReconnect|NetworkTimeout/;
const ACCOUNT =
  'Donnez à `MONGO_URL` le compte de `MONGO_INITDB_ROOT_USERNAME`, de la même variable de `.env`, et finissez-la par `?authSource=admin`.';

/** A password that cuts the address of MongoDB at the wrong place. */
export function mongoUrl({ log, project, etl }: EtlRun): EtlCause | null {
  const said = firstOf(log, [/(must be escaped according to RFC 3986)/]);
  if (!NOT_ENCODED.test(log)) return null;
  const { name, where } = placeOfVariable(project, etl, (_, value) => value.startsWith('mongodb'));
  return cause(
    'etl.mongo-not-encoded',
    `l’adresse de MongoDB${name ? `, dans \`${name}\`,` : ''} est coupée au mauvais endroit : son mot de passe contient un signe qui y a un sens (\`@ : / %\`)${said ? `, et pymongo demande qu’il soit encodé (${said})` : ''}`,
    name ? where : { service: etl.name },
    'Encodez ce signe dans `MONGO_URL` (`@` devient `%40`, `:` devient `%3A`, `/` devient `%2F`, `%` devient `%25`), ou assemblez l’adresse dans le programme avec `urllib.parse.quote_plus`.',
    name === null,
  );
}

/** MongoDB refuses the account, or wants one. */
export function mongoAccount({ log, project, etl, mongodb }: EtlRun): EtlCause | null {
  const refused = /OperationFailure: (Authentication failed|.*AuthenticationFailed)|'code': 18\b/.test(log);
  const none =
    /requires authentication|not authorized on|Unauthorized|'code': 13\b/.test(log) && /OperationFailure|BulkWriteError/.test(log);
  if (!refused && !none) return null;
  const { where, name } = placeOfVariable(project, etl, (_, value) => value.startsWith('mongodb'));
  const service = mongodb?.name ?? 'mongodb';
  const url = name === null ? '' : (etl.service.environment[name] ?? '');
  if (none && !url.includes('@'))
    return cause(
      'etl.mongo-no-account',
      `MongoDB demande un compte (authentication), et ${name ? `\`${name}\`` : 'l’ETL'} n’en donne pas`,
      where,
      ACCOUNT,
      name === null,
    );
  const environment = mongodb?.service.environment ?? {};
  const made = environment.MONGO_INITDB_ROOT_PASSWORD ?? '';
  const given = passwordInUrl(url);
  const said = 'MongoDB refuse le compte de l’ETL (Authentication failed)';
  if (given && made && decodedPart(given) !== made && given !== made)
    return cause(
      'etl.mongo-password',
      `${said} : son mot de passe n’est pas le \`MONGO_INITDB_ROOT_PASSWORD\` de \`${service}\``,
      where,
      ACCOUNT,
    );
  if (url && !/authSource=admin/i.test(url) && /:\/\/[^/]+\/\w/.test(url))
    return cause(
      'etl.mongo-auth-source',
      `${said} : le compte est né dans la base \`admin\`, et l’adresse le fait chercher dans celle qu’elle nomme`,
      where,
      'Finissez l’adresse par `?authSource=admin`.',
    );
  return cause(
    'etl.mongo-old-volume',
    `${said} : le volume est né sans ce compte ou avec un autre mot de passe, et \`MONGO_INITDB_ROOT_USERNAME\` et \`MONGO_INITDB_ROOT_PASSWORD\` ne servent qu’à sa naissance`,
    project.places.nearest(['services', service, 'environment', 'MONGO_INITDB_ROOT_USERNAME']),
    `Remettez l’ancien mot de passe dans \`.env\`, ou refaites le volume de \`${service}\` s’il ne contient rien à garder : \`docker compose down\`, puis \`docker volume rm\``,
  );
}

/** MongoDB was not found, or nothing listens where it was looked for. */
export function mongoUnreached({ log, project, etl, mongodb }: EtlRun): EtlCause | null {
  if (!UNREACHED.test(log)) return null;
  const [, host = '', port = ''] = /(?:Error: |, |\[')([\w.-]+):(\d+): (?:\[Errno|timed out|connection closed)/.exec(log) ?? [];
  const { name, where } = placeOfVariable(project, etl, (one, value) => value.startsWith('mongodb') || NAMES.test(one));
  const service = mongodb?.name ?? 'mongodb';
  const written = name ? `, écrit dans \`${name}\`` : '';
  const look = mongodb
    ? `MongoDB est le service \`${service}\`, sur le port 27017 : joignez-le par ce nom, et faites-le attendre par \`depends_on\`.`
    : 'Le fichier Compose n’a pas de service MongoDB.';
  if (/Name or service not known|nodename nor servname|Temporary failure in name resolution/.test(log))
    return cause(
      'etl.mongo-unknown',
      `l’hôte \`${host}\`${written}, ne se résout pas : MongoDB n’est pas trouvé`,
      where,
      look,
      name === null,
    );
  if (/^(localhost|127\.)/.test(host))
    return cause(
      'etl.mongo-localhost',
      `l’ETL cherche MongoDB sur \`${host}\`${written} : dans un conteneur, c’est ce conteneur lui-même`,
      where,
      look,
      name === null,
    );
  return cause('etl.mongo-refused', `MongoDB ne répond pas à \`${host}:${port}\`${written}`, where, look, name === null);
}
