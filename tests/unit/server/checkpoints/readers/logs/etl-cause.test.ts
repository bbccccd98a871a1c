import { expect, it } from 'vitest';
import { composeServices } from '../../../../../../server/checkpoints/readers/compose/compose-services.ts';
import { causeOf } from '../../../../../../server/checkpoints/readers/logs/etl-cause.ts';
import { failureIn } from '../../../../../../server/checkpoints/readers/logs/failure-lines.ts';
import { COMPOSE, composeSubject } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

async function cause(log: string, compose = COMPOSE) {
  const subject = composeSubject(compose);
  const { project, of } = await composeServices(viewOf(subject));
  const { etl, postgres: database } = of;
  if (!etl) throw new Error('no ETL');
  return causeOf({ log, project, etl, database });
}

const at = (host: string) => COMPOSE.replace('@postgres:', `@${host}:`);
const URL_LINE = 16;

it.each([
  [
    'psycopg2.OperationalError: could not translate host name "db" to address: Name or service not known',
    at('db'),
    'etl.host-unknown',
    URL_LINE,
  ],
  ["psycopg.OperationalError: failed to resolve host 'db': [Errno -2] Name or service not known", at('db'), 'etl.host-unknown', URL_LINE],
  [
    'connection to server at "localhost" (::1), port 5432 failed: Connection refused\n' +
      'connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
    at('localhost'),
    'etl.localhost',
    URL_LINE,
  ],
  ['connection to server at "postgres" (10.0.0.2), port 5433 failed: Connection refused', COMPOSE, 'etl.port', URL_LINE],
  ['connection to server at "postgres" (10.0.0.2), port 5432 failed: Connection refused', COMPOSE, 'etl.refused', URL_LINE],
  ['FATAL:  password authentication failed for user "dataeng"', COMPOSE, 'etl.password-old-volume', 7],
  ['FATAL:  database "entrepot" does not exist', COMPOSE.replace(':5432/warehouse', ':5432/entrepot'), 'etl.database-unknown', URL_LINE],
  ['FATAL:  role "eng" does not exist', COMPOSE.replace('//dataeng', '//eng'), 'etl.role-unknown', URL_LINE],
  ["PermissionError: [Errno 13] Permission denied: '/app/logs/etl.log'", COMPOSE, 'etl.permission', undefined],
  ["FileNotFoundError: [Errno 2] No such file or directory: '/app/data/processed/users.csv'", COMPOSE, 'etl.folder-missing', undefined],
  ["OSError: Cannot save file into a non-existent directory: 'data/processed'", COMPOSE, 'etl.folder-missing', undefined],
  ["ModuleNotFoundError: No module named 'yaml'", COMPOSE, 'etl.module-missing', undefined],
  ["python: can't open file '/app/etl_pipeline.py': [Errno 2] No such file or directory", COMPOSE, 'etl.file-missing', undefined],
  [
    'requests.exceptions.HTTPError: 404 Client Error: Not Found for url: http://source.datastream.test/utilisateurs',
    COMPOSE,
    'etl.source-refuses',
    15,
  ],
  ["KeyError: 'DATABASE_URL'", COMPOSE, 'etl.variable-missing', 15],
  ['sqlalchemy.exc.ArgumentError: Expected string or URL object, got None', COMPOSE, 'etl.variable-missing', 15],
  ['ValueError: numpy.dtype size changed, may indicate binary incompatibility.', COMPOSE, 'etl.numpy', undefined],
  ["KeyError: 'adress'\n(Background on this error at: https://sqlalche.me/e/20/e3q8)", COMPOSE, 'etl.failed', undefined],
])('reads the cause in a log: %s', async (log, compose, code, line) => {
  const found = await cause(`INFO extraction\nTraceback (most recent call last):\n${log}\n`, compose);
  expect(found).toMatchObject({ code });
  expect(found.where.line).toBe(line);
});

it('believes the last failure, not the attempts before it', async () => {
  const tries =
    'Traceback (most recent call last):\nconnection to server at "postgres" (10.0.0.2), port 5432 failed: Connection refused\nWARNING nouvel essai\n';
  const last =
    'Traceback (most recent call last):\nFATAL:  password authentication failed for user "dataeng"\n\n' +
    'The above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\nsqlalchemy.exc.OperationalError\n';
  expect(await cause(tries + last)).toMatchObject({ code: 'etl.password-old-volume' });
});

it('tells the password of the file from the one of an old volume', async () => {
  const other = COMPOSE.replace(/dataeng:\$\{POSTGRES_PASSWORD\}@/, 'dataeng:other@');
  expect(await cause('FATAL:  password authentication failed for user "dataeng"', other)).toMatchObject({ code: 'etl.password-differs' });
});

it.each([
  ['INFO fini', null],
  ['INFO 0 erreur', null],
  ['WARNING connexion refusée, nouvel essai dans 2 s\nINFO fini', null],
  ['ERROR petit souci', { overcome: false }],
  ['2026-11-24 10:00:00,123 ERROR   etl | échec\nTraceback (most recent call last):\nKeyError: 1', { overcome: false }],
  ['ERROR connexion refusée\nINFO connecté\nINFO fini', { overcome: true }],
])('hears a failure in a log: %s', (log, expected) => {
  const failure = failureIn(log);
  if (expected === null) expect(failure).toBeNull();
  else expect(failure).toMatchObject(expected);
});
