import { passwordInUrl } from '../../mask.ts';
import { cause, type EtlCause, type EtlRun, placeOfVariable } from './cause.ts';

/** What programs say of a URL, a host or an account that they cannot use. */
const UNUSABLE =
  /Could not parse (SQLAlchemy|rfc1738)|invalid dsn|missing "=" after|[Ii]nvalid (connection|URI|URL)|No connection adapters|MissingSchema|InvalidSchema|unknown url type|UnsupportedProtocol|could not translate host name|failed to resolve host|Failed to resolve|invalid literal for int|invalid port|invalid integer value|Port could not be cast|password authentication failed|does not exist|Can't load plugin|percent-encoded/;
const CONNECTS = /DATABASE|POSTGRES|(^|_)(DB|PG|URL|URI|DSN|HOST|USER|PASS\w*|PORT)(_|$)/i;

/** Quotes in a list (`- NAME="value"`) are part of the value. */
export function quoted({ log, project, etl, database }: EtlRun): EtlCause | null {
  if (!UNUSABLE.test(log)) return null;
  for (const service of [etl, ...(database ? [database] : [])]) {
    const { name, where } = placeOfVariable(
      project,
      service,
      (one, value) => /^(["']).*\1$/.test(value) && value.length > 1 && (CONNECTS.test(one) || value.includes('://')),
    );
    if (!name) continue;
    return cause(
      'etl.quotes-in-value',
      `la valeur de \`${name}\` commence et finit par un guillemet, et le programme le reçoit avec elle`,
      where,
      `Dans une liste, les guillemets font partie de la valeur : écrivez \`- ${name}=…\` sans guillemets, ou mettez-les autour de toute la ligne, \`- "${name}=…"\`.`,
    );
  }
  return null;
}

/** A dialect that SQLAlchemy does not have: `postgres://`, or a misspelt one. */
export function scheme({ log, project, etl }: EtlRun): EtlCause | null {
  const dialect = /Can't load plugin: sqlalchemy\.dialects:([\w.+-]+)/.exec(log)?.[1];
  if (!dialect) return null;
  const written = dialect.replace('.', '+');
  const { name, where } = placeOfVariable(project, etl, (_, value) => value.includes(`${written}://`));
  const why =
    dialect === 'postgres' ? ' : SQLAlchemy 2 ne connaît plus ce début d’adresse' : ' : SQLAlchemy ne connaît pas ce début d’adresse';
  return cause(
    'etl.scheme',
    `l’adresse de la base${name ? `, dans \`${name}\`,` : ''} commence par \`${written}://\`${why}`,
    name ? where : { service: etl.name },
    'Écrivez `postgresql://`, ou `postgresql+psycopg2://` pour nommer aussi le pilote.',
    name === null,
  );
}

/** A password that cuts the address at the wrong place: `@ / ? # %` have a meaning there. */
export function notEncoded({ log, project, etl, database }: EtlRun): EtlCause | null {
  const made = database?.service.environment.POSTGRES_PASSWORD ?? '';
  const { name, where } = placeOfVariable(project, etl, (_, value) => value.includes('://') && isCut(value, log, made));
  if (!name && !/(could not translate host name "|failed to resolve host ')[^"'\n]*@/.test(log)) return null;
  return cause(
    'etl.password-not-encoded',
    `le mot de passe contient un signe qui a un sens dans une adresse (\`@ / ? # %\`)${name ? `, et il est tel quel dans \`${name}\`` : ''} : l’adresse est coupée au mauvais endroit`,
    name ? where : { service: etl.name },
    'Encodez ce signe dans l’adresse (`@` devient `%40`, `/` devient `%2F`, `#` devient `%23`, `%` devient `%25`), ou assemblez-la dans le programme par `sqlalchemy.URL.create(…)`, qui encode tout seul.',
    name === null,
  );
}

/** Whether a log shows that a URL was read wrongly because of its password. `made`: the database's own password, as it is. */
function isCut(url: string, log: string, made: string): boolean {
  const secret = passwordInUrl(url) ?? '';
  if (!/[@/?#[\]\s]/.test(secret) && !(secret.includes('%') && secret === made)) return false;
  if (/password authentication failed/.test(log)) return /%[0-9a-f]{2}/i.test(secret);
  const asked = /(?:could not translate host name "|failed to resolve host ')([^"'\n]*)/.exec(log)?.[1];
  if (asked !== undefined) return asked !== url.slice(url.lastIndexOf('@') + 1).split(/[:/?]/)[0];
  return /Could not parse|invalid literal for int|[Ii]nvalid (port|integer value|URI|dsn)|Port could not be cast|percent-encoded|missing "=" after/.test(
    log,
  );
}

export function malformed({ log, project, etl }: EtlRun): EtlCause | null {
  if (!/Could not parse (SQLAlchemy|rfc1738)|invalid dsn|missing "=" after/.test(log)) return null;
  const { name, where } = placeOfVariable(project, etl, (one, value) => value.includes('://') && !/SOURCE|API/i.test(one));
  const empty = placeOfVariable(project, etl, (one, value) => value === '' && /DATABASE|DSN|URL|URI/i.test(one));
  const at = name ? { name, where } : empty;
  return cause(
    'etl.url-malformed',
    at.name === null
      ? 'l’adresse de la base n’a pas la forme d’une adresse'
      : `\`${at.name}\` ${name ? 'n’a pas la forme d’une adresse de base' : 'est vide'}`,
    at.where,
    'Écrivez `postgresql+psycopg2://compte:mot-de-passe@service:5432/base`, et regardez ce que devient chaque variable : `docker compose config`',
  );
}

/** TLS asked of a server that has none, as the images of PostgreSQL by default. */
export function tls({ log, project, etl }: EtlRun): EtlCause | null {
  if (!/server does not support SSL|Server refuses SSL|rejected SSL upgrade|SSL (was|is) required/i.test(log)) return null;
  const { name, where } = placeOfVariable(project, etl, (one, value) => /ssl(mode)?=/i.test(value) || /SSLMODE/i.test(one));
  return cause(
    'etl.tls',
    `le programme demande une connexion chiffrée${name ? ` (\`sslmode\`, dans \`${name}\`)` : ''}, et cette base n’en offre pas`,
    name ? where : { service: etl.name },
    'Retirez `sslmode=require` : sur le réseau de Compose, la base ne quitte pas la machine. Une base distante, elle, l’exigera.',
    name === null,
  );
}
