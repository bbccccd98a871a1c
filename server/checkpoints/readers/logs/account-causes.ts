import type { Service } from '../compose/compose-services.ts';
import type { ComposeProject } from '../compose/read-compose.ts';
import { cause, type EtlCause, type EtlRun, firstOf, placeOfText, placeOfVariable } from './cause.ts';

/** The variables that the image of PostgreSQL reads at the birth of its volume, with names that people give them. */
const VARIABLES = {
  role: { name: 'POSTGRES_USER', alike: /USER|ROLE|LOGIN/i, made: 'postgres' },
  database: { name: 'POSTGRES_DB', alike: /DB|DATABASE|BASE/i, made: null },
} as const;

type Kind = keyof typeof VARIABLES;

/** The password is refused. PostgreSQL tells its own log alone if it is the account that does not exist. */
export function password(run: EtlRun): EtlCause | null {
  const { log, project, etl, database, databaseLog = '' } = run;
  const user = firstOf(log, [/password authentication failed for user "([^"]+)"/]);
  if (!user) return null;
  if (databaseLog.includes(`Role "${user}" does not exist`)) return absent(run, 'role', user, `Role "${user}" does not exist`);
  const service = database?.name ?? 'postgres';
  const said = `la base refuse le mot de passe (password authentication failed for user "${user}")`;
  if (databaseLog.includes(`User "${user}" has no password assigned`)) {
    const { where } = placeOfText(project, etl, user);
    const look = `Donnez-lui-en un, par le compte de \`POSTGRES_USER\` : \`ALTER ROLE ${user} PASSWORD '…'\`.`;
    return cause('etl.password-none', `${said} : le compte \`${user}\` n’a pas de mot de passe dans PostgreSQL`, where, look);
  }
  const given = database?.service.environment.POSTGRES_PASSWORD;
  const made = database?.service.environment.POSTGRES_USER || 'postgres';
  if (user !== made) {
    const { where } = placeOfText(project, etl, user);
    const look = `\`${service}\` crée le compte \`${made}\` (\`POSTGRES_USER\`) ; \`${user}\`, s’il existe, a un autre mot de passe : c’est le script ou l’ordre qui l’a créé qui le donne.`;
    return cause('etl.password-of-account', `${said}, qui n’est pas le compte de \`POSTGRES_USER\``, where, look);
  }
  if (given && !knows(etl, given)) {
    const { where } = placeOfText(project, etl, '@');
    return cause(
      'etl.password-differs',
      `${said} : celui de \`${etl.name}\` n’est pas le \`POSTGRES_PASSWORD\` de \`${service}\``,
      where,
      'Prenez les deux de la même variable de `.env`.',
    );
  }
  const where = project.places.nearest(['services', service, 'environment', 'POSTGRES_PASSWORD']);
  return cause(
    'etl.password-old-volume',
    `${said} : le volume est né avec un autre mot de passe, et \`POSTGRES_PASSWORD\` ne sert qu’à sa naissance`,
    where,
    `Remettez l’ancienne valeur dans \`.env\`, ou changez-la dans la base par \`ALTER USER\`. Si les données peuvent être refaites, retirez le volume : \`docker compose down\`, puis \`docker volume rm\``,
  );
}

/** The value in its own variable, in a URL as it is, or encoded in a URL. */
function knows({ service: { environment } }: Service, secret: string): boolean {
  return Object.values(environment).some(
    (value) => value !== null && (value.includes(secret) || value.includes(encodeURIComponent(secret))),
  );
}

export function absentInside(run: EtlRun): EtlCause | null {
  const match = /(database|role) "([^"]+)" does not exist/.exec(run.log);
  if (!match) return null;
  return absent(run, match[1] === 'database' ? 'database' : 'role', match[2] ?? '', match[0]);
}

/** An account or a database that PostgreSQL does not have: the variable that should make it is misspelt or another one, or the volume is older. */
function absent({ project, etl, database }: EtlRun, kind: Kind, name: string, said: string): EtlCause {
  const service = database?.name ?? 'postgres';
  const [what, born] = kind === 'database' ? ['la base', 'née'] : ['le compte', 'né'];
  const code = `etl.${kind}-unknown`;
  const missing = `${what} \`${name}\` n’existe pas dans PostgreSQL (${said})`;
  const wrong = database && misspelt(project, database, kind);
  const { name: variable } = VARIABLES[kind];
  const add = kind === 'database' ? `\`CREATE DATABASE ${name}\`` : `\`CREATE ROLE ${name} LOGIN PASSWORD '…'\``;
  const later = `\`${variable}\` ne sert qu’à la naissance du volume : sur un volume déjà ${kind === 'database' ? 'né' : 'né'}, ajoutez aussi ${kind === 'database' ? 'la base' : 'le compte'} par ${add} dans \`psql\`, ou refaites le volume s’il ne contient rien à garder.`;
  if (wrong) {
    const observed = `${missing} : l’image ne connaît pas la variable \`${wrong.name}\`, et ${what} n’est pas ${born} avec le volume`;
    return cause(code, observed, wrong.where, `Écrivez \`${variable}\` à la place de \`${wrong.name}\`. ${later}`);
  }
  const environment = database?.service.environment ?? {};
  const made = environment[variable] || (kind === 'database' ? environment.POSTGRES_USER : null) || 'postgres';
  const { where } = placeOfText(project, etl, name);
  if (made !== name) {
    const look = `\`${service}\` fait naître \`${made}\` (\`${variable}\`), et l’ETL demande \`${name}\` : donnez aux deux la même variable de \`.env\`.`;
    return cause(code, missing, where, look);
  }
  return cause(code, `${missing} : le volume est plus ancien que cette valeur de \`${variable}\``, where, later);
}

/** A variable of the database's service that its image does not know, in place of one that it does. */
function misspelt(project: ComposeProject, database: Service, kind: Kind) {
  const { name: wanted, alike } = VARIABLES[kind];
  const { environment } = database.service;
  if (environment[wanted] || environment[`${wanted}_FILE`]) return null;
  const known = /^(POSTGRES_(USER|PASSWORD|DB|INITDB_ARGS|INITDB_WALDIR|HOST_AUTH_METHOD)(_FILE)?|PG[A-Z]+|TZ|LANG|PATH)$/;
  const found = placeOfVariable(
    project,
    database,
    (one, value) => value !== '' && alike.test(one) && !known.test(one) && !/PASS|PWD/i.test(one),
  );
  return found.name === null ? null : { name: found.name, where: found.where };
}

/** Since PostgreSQL 15, only the owner of a database may create in its schema `public`. */
export function notGranted({ log, project, etl, database }: EtlRun): EtlCause | null {
  const match = /permission denied for (schema|table|database|sequence|relation) (\S+)|must be owner of (table|relation) (\S+)/.exec(log);
  if (!match) return null;
  const [said = '', kind = 'table', object = match[4] ?? ''] = match;
  const place = placeOfVariable(project, etl, (_, value) => /:\/\/[^:@/]+:/.test(value) && value.includes('@'));
  const user = accountOf(etl);
  const who = user ? `le compte \`${user}\`` : 'le compte de l’ETL';
  const owner = database?.service.environment.POSTGRES_USER || 'postgres';
  const name = object.replace(/["']/g, '');
  const to = user || 'ce_compte';
  if (kind === 'schema')
    return cause(
      'etl.schema-refused',
      `${who} n’a pas le droit de créer dans le schéma ${name} (${said}) : depuis PostgreSQL 15, seul le propriétaire de la base l’a`,
      place.where,
      `Donnez-lui ce droit par le compte \`${owner}\` (\`POSTGRES_USER\`) : \`GRANT USAGE, CREATE ON SCHEMA ${name} TO ${to}\`.`,
    );
  return cause(
    'etl.not-granted',
    `${who} n’a pas le droit d’agir sur \`${name}\` (${said}) : l’objet appartient à un autre compte`,
    place.where,
    `Par le compte \`${owner}\` : \`ALTER TABLE ${name} OWNER TO ${to}\`, ou \`GRANT ALL ON ${name} TO ${to}\`.`,
  );
}

function accountOf({ service: { environment } }: Service): string | null {
  const values = Object.entries(environment);
  const inUrl = values.map(([, value]) => /:\/\/([^:@/]+):[^/]*@/.exec(value ?? '')?.[1]).find((one) => one !== undefined);
  return inUrl ?? values.find(([name]) => /(^|_)(PG)?USER(NAME)?$/i.test(name))?.[1] ?? null;
}
