import { expect, it } from 'vitest';
import { composeServices } from '../../../../../../server/checkpoints/readers/compose/compose-services.ts';
import { withoutBrokenUrl } from '../../../../../../server/checkpoints/readers/logs/broken-url.ts';
import type { EtlRun } from '../../../../../../server/checkpoints/readers/logs/cause.ts';
import { causeOf } from '../../../../../../server/checkpoints/readers/logs/etl-cause.ts';
import { COMPOSE, composeSubject } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const URL_LINE = 16;

async function cause(log: string, compose = COMPOSE, beside: Pick<EtlRun, 'databaseLog' | 'owners' | 'env'> = {}) {
  const { project, of } = await composeServices(viewOf(composeSubject(compose)));
  const { etl, postgres: database } = of;
  if (!etl) throw new Error('no ETL');
  return causeOf({ log: `Traceback (most recent call last):\n${log}\n`, project, etl, database, ...beside });
}

const url = (value: string) => COMPOSE.replace(/DATABASE_URL: .*/, `DATABASE_URL: ${value}`);
const at = (host: string) => COMPOSE.replace('@postgres:', `@${host}:`);
const unknown = (host: string) =>
  `psycopg2.OperationalError: could not translate host name "${host}" to address: Name or service not known`;

it.each([
  ['host.docker.internal', 'etl.host-of-desktop'],
  ['gateway.docker.internal', 'etl.host-of-desktop'],
  ['docker.for.mac.localhost', 'etl.host-of-desktop'],
  ['postgres.local', 'etl.host-unknown'],
  ['db.interne.example', 'etl.host-unknown'],
  ['docker-etl-project-postgres-2', 'etl.host-unknown'],
])('takes a host of the database for what it is, dots or not: %s', async (host, code) => {
  const found = await cause(unknown(host), at(host));
  expect(found).toMatchObject({ code, where: { line: URL_LINE }, look: expect.stringContaining('`postgres') });
  expect(found.what).toContain(`\`${host}\`, écrit dans \`DATABASE_URL\``);
  expect(await cause(`psycopg.OperationalError: failed to resolve host '${host}': [Errno -2]`, at(host))).toMatchObject({ code });
});

it.each([
  "requests.exceptions.ConnectionError: HTTPConnectionPool(host='nulle.part.test', port=80): Max retries exceeded (Caused by NameResolutionError(\"<x>: Failed to resolve 'nulle.part.test'\"))",
  "requests.exceptions.ConnectionError: HTTPConnectionPool(host='nullepart', port=80): Max retries exceeded (Caused by NameResolutionError(\"<x>: Failed to resolve 'nullepart'\"))",
])('takes the host of the source for what it is: %s', async (log) => {
  const source = COMPOSE.replace(
    '    volumes:\n      - ./logs',
    '      SOURCE_API_URL: http://nulle.part.test/users\n    volumes:\n      - ./logs',
  );
  expect(await cause(log, source)).toMatchObject({ code: 'etl.source-unknown' });
});

it('names the networks of both services that do not meet', async () => {
  const apart = COMPOSE.replace('    build: .', '    build: .\n    networks: {front: null}').replace(
    '    image: postgres',
    '    networks: {back: null}\n    image: postgres',
  );
  const found = await cause(unknown('postgres'), apart);
  expect(found).toMatchObject({ code: 'etl.network', where: { line: 16 } });
  expect(found.what).toContain('`etl` est sur `front`, `postgres` sur `back`');
});

it('tells a database that was not running from networks that do not meet', async () => {
  expect(await cause(unknown('postgres'))).toMatchObject({ code: 'etl.host-down' });
});

it.each([
  ['Connection refused', { '10.77.18.12': 'pgadmin' }, 'qui est celle de `pgadmin`'],
  ['No route to host', {}, 'qu’aucun service de ce fichier n’a'],
  ['Connection timed out', { '10.77.18.12': 'postgres' }, 'de `postgres`'],
  ['timeout expired', {}, 'qu’aucun service de ce fichier n’a'],
])('names a written address, whoever has it: %s %j', async (said, owners, whose) => {
  const found = await cause(`connection to server at "10.77.18.12", port 5432 failed: ${said}`, at('10.77.18.12'), { owners });
  expect(found).toMatchObject({
    code: 'etl.address-written',
    where: { line: URL_LINE },
    look: expect.stringContaining('nom de son service'),
  });
  expect(found.what).toContain(`\`10.77.18.12\`, écrite dans \`DATABASE_URL\`, ${whose}`);
});

it('names a service that is not the database', async () => {
  const log = 'connection to server at "etl" (10.0.0.3), port 5432 failed: Connection refused';
  expect(await cause(log, at('etl'))).toMatchObject({ code: 'etl.other-service' });
});

it.each([
  ['postgres://', 'postgres', 'etl.scheme'],
  ['postgre://', 'postgre', 'etl.scheme'],
  ['postgresql+psycopg3://', 'postgresql.psycopg3', 'etl.scheme'],
])('names the beginning of the address that SQLAlchemy does not know: %s', async (begins, dialect, code) => {
  const log = `sqlalchemy.exc.NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:${dialect}`;
  const found = await cause(log, url(`${begins}dataeng:x@postgres:5432/warehouse`));
  expect(found).toMatchObject({ code, where: { line: URL_LINE }, look: expect.stringContaining('`postgresql://`') });
  expect(found.what).toContain(begins);
});

it.each([
  [
    'sqlalchemy.exc.ArgumentError: Could not parse SQLAlchemy URL from given URL string',
    `      - DATABASE_URL="postgresql://dataeng:x@postgres/warehouse"`,
  ],
  ['could not translate host name ""postgres"" to address: Name or service not known', `      - POSTGRES_HOST="postgres"`],
  [
    'requests.exceptions.InvalidSchema: No connection adapters were found for \'"http://source.datastream.test/users"\'',
    `      - SOURCE_API_URL='http://source.datastream.test/users'`,
  ],
])('names quotes that a list makes part of the value: %s', async (log, line) => {
  const listed = COMPOSE.replace(/ {6}DATABASE_URL: .*/, line);
  expect(await cause(log, listed)).toMatchObject({
    code: 'etl.quotes-in-value',
    where: { line: URL_LINE },
    what: expect.stringContaining('guillemet'),
  });
});

it.each([
  ['Brise@mer', unknown('mer@postgres')],
  ['Brise/mer', "ValueError: invalid literal for int() with base 10: 'Brise'"],
  ['Brise#mer', 'psycopg2.ProgrammingError: invalid dsn: invalid port number: "Brise"'],
  ['Brise%41mer', 'FATAL:  password authentication failed for user "dataeng"'],
])('names a password that is not encoded in its address: %s', async (secret, log) => {
  const found = await cause(log, url(`postgresql://dataeng:${secret}@postgres:5432/warehouse`).replace(`\${POSTGRES_PASSWORD}`, secret));
  expect(found).toMatchObject({ code: 'etl.password-not-encoded', where: { line: URL_LINE } });
  expect(JSON.stringify(found)).not.toContain('mer');
});

it('does not blame a password with a sign for another host, or one that is encoded', async () => {
  expect(await cause(unknown('db'), url('postgresql://dataeng:Brise@mer@db:5432/warehouse'))).toMatchObject({ code: 'etl.host-unknown' });
  const encoded = url('postgresql://dataeng:Brise%40mer@postgres:5432/warehouse').replace(`\${POSTGRES_PASSWORD}`, 'Brise@mer');
  expect(await cause('FATAL:  password authentication failed for user "dataeng"', encoded)).toMatchObject({
    code: 'etl.password-old-volume',
  });
});

it('shows no part of a password that a program read as a host or a port', () => {
  const log = `${unknown('mer@postgres')}\nValueError: invalid literal for int() with base 10: 'Brise'`;
  expect(withoutBrokenUrl(log)).toContain('host name "…@postgres"');
  expect(withoutBrokenUrl(log)).not.toMatch(/mer|Brise/);
});

it.each([
  'connection to server at "postgres" (10.0.0.2), port 5432 failed: server does not support SSL, but SSL was required',
  'asyncpg.exceptions._base.InterfaceError: PostgreSQL server at "postgres:5432" rejected SSL upgrade',
  'pg8000.exceptions.InterfaceError: Server refuses SSL',
])('names TLS that is asked of a server that has none: %s', async (log) => {
  const found = await cause(log, url('postgresql://dataeng:x@postgres:5432/warehouse?sslmode=require'));
  expect(found).toMatchObject({ code: 'etl.tls', where: { line: URL_LINE } });
});

const REFUSED = 'FATAL:  password authentication failed for user "dataeng"';
const NO_ROLE = `${REFUSED}\nDETAIL:  Role "dataeng" does not exist.\n`;

it.each(['POSTGRES_USERNAME', 'POSTGRES_ROLE', 'PG_USER', 'DB_USER', 'POSTGRES_LOGIN'])(
  'believes the log of PostgreSQL about an account that is not there: %s',
  async (name) => {
    const found = await cause(REFUSED, COMPOSE.replace('POSTGRES_USER:', `${name}:`), { databaseLog: NO_ROLE });
    expect(found).toMatchObject({ code: 'etl.role-unknown', where: { line: 6 }, look: expect.stringContaining('POSTGRES_USER') });
    expect(found.what).toContain(name);
    expect(found.what).not.toContain('mot de passe');
  },
);

it('does not speak of an old volume if the account is another one', async () => {
  const other = COMPOSE.replace('//dataeng', '//lecteur');
  expect(await cause('FATAL:  password authentication failed for user "lecteur"', other, { databaseLog: NO_ROLE })).toMatchObject({
    code: 'etl.password-of-account',
  });
  const databaseLog = 'DETAIL:  Role "lecteur" does not exist.';
  expect(await cause('FATAL:  password authentication failed for user "lecteur"', other, { databaseLog })).toMatchObject({
    code: 'etl.role-unknown',
    where: { line: URL_LINE },
  });
  const bare = 'DETAIL:  User "dataeng" has no password assigned.';
  expect(await cause(REFUSED, COMPOSE, { databaseLog: bare })).toMatchObject({ code: 'etl.password-none' });
  expect(await cause(REFUSED, COMPOSE, { databaseLog: REFUSED })).toMatchObject({ code: 'etl.password-old-volume' });
});

it.each(['POSTGRES_DATABASE', 'POSTGRES_DBNAME', 'DATABASE'])('names the variable that makes no database: %s', async (name) => {
  const found = await cause('FATAL:  database "warehouse" does not exist', COMPOSE.replace('POSTGRES_DB:', `${name}:`));
  expect(found).toMatchObject({ code: 'etl.database-unknown', where: { line: 8 }, what: expect.stringContaining(name) });
});

it.each([
  [
    'psycopg2.errors.InsufficientPrivilege: permission denied for schema public',
    'etl.schema-refused',
    'GRANT USAGE, CREATE ON SCHEMA public TO etl',
  ],
  ['psycopg2.errors.InsufficientPrivilege: permission denied for table users_data', 'etl.not-granted', 'GRANT ALL ON users_data TO etl'],
  ['psycopg2.errors.InsufficientPrivilege: must be owner of table users_data', 'etl.not-granted', 'ALTER TABLE users_data OWNER TO etl'],
])('names the right that a second account lacks: %s', async (log, code, look) => {
  const found = await cause(log, url('postgresql://etl:x@postgres:5432/warehouse'));
  expect(found).toMatchObject({ code, where: { line: URL_LINE }, look: expect.stringContaining(look) });
  expect(found.what).toContain('`etl`');
});

const MOUNT_LINE = 18;
const mount = (line: string) => COMPOSE.replace('- ./logs:/app/logs', `- ${line}`);

it.each([
  ['.:/app', "ModuleNotFoundError: No module named 'yaml'", ['PATH=/app/.venv/bin:/usr/local/bin:/usr/bin']],
  ['.:/app', "ModuleNotFoundError: No module named 'pandas'", ['VIRTUAL_ENV=/app/venv', 'PATH=/usr/bin']],
  ['code:/app', "ModuleNotFoundError: No module named 'pandas'", ['PYTHONPATH=/app/deps', 'PATH=/usr/bin']],
])('names the mount that hides what the image installed: %s', async (line, log, env) => {
  const found = await cause(log, mount(line), { env });
  expect(found).toMatchObject({ code: 'etl.packages-hidden', where: { line: MOUNT_LINE } });
  expect(found.what).toContain('`/app`');
});

it('does not blame a mount for a package that the image lacks', async () => {
  const env = ['PATH=/usr/local/bin:/usr/bin'];
  expect(await cause("ModuleNotFoundError: No module named 'yaml'", COMPOSE, { env })).toMatchObject({ code: 'etl.module-missing' });
});

it.each([
  ["IsADirectoryError: [Errno 21] Is a directory: '/app/config/config.yaml'", './config/config.yaml:/app/config/config.yaml'],
  ["IsADirectoryError: [Errno 21] Is a directory: 'config/config.yaml'", './conf.yaml:/app/config/config.yaml:ro'],
  ["/usr/local/bin/python: can't find '__main__' module in '/app/etl_pipeline.py'", './etl_pipeline.py:/app/etl_pipeline.py'],
])('names the file that became a folder: %s', async (log, line) => {
  expect(await cause(log, mount(line))).toMatchObject({ code: 'etl.folder-for-file', where: { line: MOUNT_LINE } });
});
