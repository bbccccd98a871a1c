import { expect, it } from 'vitest';
import { requireBuilt } from '../../../../../../server/checkpoints/acts/sandbox/require-built.ts';
import { causeOf, missedDatabase, placeOfFailure, tellsFailure } from '../../../../../../server/checkpoints/readers/logs/read-failure.ts';
import { refusedPackages } from '../../../../../../server/checkpoints/readers/logs/refused-packages.ts';

const UNKNOWN_HOST = `2026-11-25 10:00:00 ERROR etl | le pipeline a échoué
Traceback (most recent call last):
  File "/usr/local/lib/python3.11/site-packages/sqlalchemy/engine/base.py", line 146, in __init__
    self._dbapi_connection = engine.raw_connection()
psycopg2.OperationalError: could not translate host name "db" to address: Name or service not known

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/etl_pipeline.py", line 40, in main
    count = load(frame, engine, settings["target"]["table"])
  File "/app/src/load.py", line 9, in load
    with engine.begin() as connection:
sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) could not translate host name "db" to address: Name or service not known

(Background on this error at: https://sqlalche.me/e/20/e3q8)
`;

it('finds the cause above what surrounds it, and its place in the project', () => {
  expect(causeOf(UNKNOWN_HOST)).toMatch(/^sqlalchemy\.exc\.OperationalError: .*could not translate host name "db"/);
  expect(placeOfFailure(UNKNOWN_HOST, ['etl_pipeline.py', 'src/load.py'])).toEqual({ file: 'src/load.py', line: 9 });
  expect(placeOfFailure('no traceback', ['etl_pipeline.py'])).toEqual({});
  expect(causeOf('INFO start\nWARNING impossible de joindre la source\nINFO done')).toBe('WARNING impossible de joindre la source');
  expect(causeOf('')).toBe('');
});

it('tells a database that cannot be reached from a source that cannot', () => {
  expect(missedDatabase(UNKNOWN_HOST)).toBe(true);
  expect(missedDatabase('psycopg2.OperationalError: FATAL:  password authentication failed for user "dataeng"')).toBe(true);
  const source = "requests.exceptions.ConnectionError: HTTPConnectionPool(host='source', port=80): Connection refused";
  expect(missedDatabase(source)).toBe(false);
  expect(missedDatabase("KeyError: 'address'")).toBe(false);
});

it.for([
  ['ERROR etl | 404 Client Error', true],
  ['le pipeline a échoué', true],
  ['Read timed out', true],
  ['✅ pipeline terminé avec succès : 10 lignes dans users_data', false],
  ['', false],
] as const)('« %s » tells a failure: %s', ([log, tells]) => {
  expect(tellsFailure(log)).toBe(tells);
});

it('says which package pip refuses, and blames nobody for an index that is away', () => {
  expect(refusedPackages('ERROR: No matching distribution found for pandas==99')).toMatchObject({
    observed: expect.stringContaining('pandas==99'),
  });
  const away = {
    code: 1,
    timedOut: false,
    stdout: '',
    stderr: 'WARNING: Retrying … ProxyError\nERROR: No matching distribution found for pandas==2.1.3',
  };
  expect(() => requireBuilt(away)).toThrow(/index ne répond pas/);
  expect(() => requireBuilt({ ...away, timedOut: true, stderr: '' })).toThrow(/pas finie/);
  expect(requireBuilt({ ...away, stderr: 'ERROR: failed to solve: python:3.11-slimm: not found' }).code).toBe(1);
});
