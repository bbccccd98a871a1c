import { describe, expect, it } from 'vitest';
import { absentPath, crashCause } from '../../../../../../server/checkpoints/readers/logs/crash-causes.ts';

describe('crashCause', () => {
  it.each([
    [
      'tls',
      'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at "postgres" (172.18.0.2), port 5432 failed: server does not support SSL, but SSL was required',
    ],
    ['tls', 'ConnectionError: PostgreSQL server at "postgres:5432" rejected SSL upgrade'],
    [
      'password-not-encoded',
      'psycopg2.OperationalError: could not translate host name "ss@postgres" to address: Name or service not known',
    ],
    ['password-not-encoded', "ValueError: invalid literal for int() with base 10: 'p@ss'"],
    ['password-not-encoded', "sqlalchemy.exc.ArgumentError: Could not parse SQLAlchemy URL from string 'postgresql:/…'"],
    ['password-not-encoded', 'psycopg2.ProgrammingError: invalid dsn: invalid percent-encoded token: "%ss"'],
    ['password-not-encoded', 'psycopg2.OperationalError: invalid integer value "ss" for connection option "port"'],
  ])('tells %s', (code, log) => {
    expect(crashCause(`Traceback (most recent call last):\n${log}\n`)?.code).toBe(code);
  });

  it('quotes nothing of the log, which may hold a part of the password', () => {
    expect(JSON.stringify(crashCause("ValueError: invalid literal for int() with base 10: 'h0rse@db'"))).not.toContain('h0rse');
  });

  it.each([
    ['psycopg2.OperationalError: could not translate host name "postgre" to address: Name or service not known'],
    ['psycopg2.OperationalError: connection to server at "postgres", port 5432 failed: Connection refused'],
    ["KeyError: 'DATABASE_URL'"],
  ])('leaves %j to others', (log) => {
    expect(crashCause(log)).toBeNull();
  });
});

it.each([
  ["FileNotFoundError: [Errno 2] No such file or directory: '/app/data/raw/users.json'", '/app/data/raw/users.json'],
  ["OSError: Cannot save file into a non-existent directory: 'data/processed'", 'data/processed'],
  ["PermissionError: [Errno 13] Permission denied: '/app/logs/etl.log'", null],
])('finds the path that is absent in %j', (log, path) => {
  expect(absentPath(log)).toBe(path);
});
