import { expect, it } from 'vitest';
import type { FileKind } from '../../../../../../server/checkpoints/lesson-test/mutants/file-kind.ts';
import { spotsOf } from '../../../../../../server/checkpoints/lesson-test/mutants/spots.ts';

const NAMES = ['postgres', 'etl', 'data'];

/** The line with each spot in turn. */
function swapped(line: string, kind: FileKind): string[] {
  return spotsOf(line, kind, NAMES).map(
    ({ at, length, instead, kind: of }) => `${of} ${line.slice(0, at)}${instead}${line.slice(at + length)}`,
  );
}

it.each<[FileKind, string, string[]]>([
  ['compose', '  - "127.0.0.1:5432:80"', ['value   - "0.0.0.0:5432:80"', 'port   - "127.0.0.1:5433:80"', 'port   - "127.0.0.1:5432:81"']],
  ['compose', 'image: postgres:15-alpine', ['key imagex: postgres:15-alpine', 'value image: postgres:16-alpine']],
  ['compose', 'interval: 5s', ['key intervalx: 5s', 'value interval: 50s']],
  ['compose', 'condition: service_healthy', ['key conditionx: service_healthy', 'value condition: service_started']],
  ['compose', '  etl:', ['key   etlx:']],
  [
    'compose',
    'URL: http://postgres:5432/x',
    [
      'key URLX: http://postgres:5432/x',
      'name URL: http://postgres:5432/xx',
      'name URL: http://postgresx:5432/x',
      'port URL: http://postgres:5433/x',
    ],
  ],
  ['compose', 'A: $' + '{POSTGRES_DB:?}', ['key AX: $' + '{POSTGRES_DB:?}', 'name A: $' + '{POSTGRES_DBX:?}']],
  ['yaml', 'read_only: true', ['key read_onlyx: true', 'value read_only: false']],
  ['env', 'POSTGRES_USER=dataeng', ['key POSTGRES_USERX=dataeng']],
  ['dockerfile', 'FROM python:3.11-slim', ['value FROM python:3.12-slim']],
  ['dockerfile', 'USER etl', ['name USER etlx']],
  ['dockerfile', 'EXPOSE 8000', ['port EXPOSE 8001']],
  ['python', 'x = os.environ["DATABASE_URL"]', ['name x = os.environ["DATABASE_URLX"]']],
  ['python', 'frame.to_sql(t, index=False)', ['value frame.to_sql(t, index=True)']],
  ['list', 'pandas==2.1.3', ['value pandas==2.1.4']],
])('changes in %s the line %s', (kind, line, expected) => {
  expect(swapped(line, kind)).toEqual(expected);
});

it.each<[FileKind, string]>([
  ['compose', '  # port 5432, true'],
  ['dockerfile', '# USER etl 1000'],
  ['list', '.git'],
  ['python', ''],
])('changes nothing in %s: %j', (kind, line) => {
  expect(swapped(line, kind)).toEqual([]);
});

it('leaves a comment at the end of a line, and no sign within a text', () => {
  expect(swapped('retries: 3 # not 5', 'compose')).toEqual(['key retriesx: 3 # not 5', 'value retries: 4 # not 5']);
  expect(swapped('x = "a #1"', 'python')).toEqual(['value x = "a #2"']);
});
