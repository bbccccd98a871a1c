import { describe, expect, it } from 'vitest';
import { uncommitted } from '../../../../../../server/checkpoints/readers/python/uncommitted.ts';

const HEALTH = { path: 'src/health.py', text: 'with engine.connect() as connection:\n    connection.execute(text("SELECT 1"))\n' };
const place = (...files: [string, string][]) => {
  const found = uncommitted([...files.map(([path, text]) => ({ path, text })), HEALTH]);
  return found && `${found.file}:${found.line}`;
};

describe('uncommitted', () => {
  it.each([
    ['with engine.connect() as connection:\n    frame.to_sql("users_data", connection)\n', 'src/load.py:1'],
    [
      'import psycopg2\nconn = psycopg2.connect(url)\ncur = conn.cursor()\ncur.execute("INSERT INTO users_data VALUES (1)")\n',
      'src/load.py:2',
    ],
    ['c = engine.raw_connection()\nc.cursor().executemany(sql, rows)  # commit() plus tard\n', 'src/load.py:1'],
    ['session = Session(engine)\nsession.add_all(rows)\n', 'src/load.py:1'],
    ['def load(url):\n    with create_engine(url).connect() as c:\n        c.execute(text("TRUNCATE users_data"))\n', 'src/load.py:2'],
  ])('names the connection of %j', (text, expected) => {
    expect(place(['src/load.py', text])).toBe(expected);
  });

  it('finds a connection that another file opens', () => {
    const load: [string, string] = ['src/load.py', 'def load(frame, connection):\n    frame.to_sql("users_data", connection)\n'];
    expect(place(load, ['etl_pipeline.py', 'with engine.connect() as c:\n    load(frame, c)\n'])).toBe('etl_pipeline.py:1');
    expect(place(load, ['etl_pipeline.py', 'with engine.connect() as c:\n    load(frame, c)\n    c.commit()\n'])).toBeNull();
  });

  it.each([
    ['with engine.begin() as connection:\n    frame.to_sql("users_data", connection)\n'],
    ['with engine.connect() as c:\n    c.execute(text("INSERT INTO users_data VALUES (1)"))\n    c.commit()\n'],
    ['c = engine.connect().execution_options(isolation_level="AUTOCOMMIT")\nframe.to_sql("users_data", c)\n'],
    ['import psycopg2\nconn = psycopg2.connect(url)\nwith conn:\n    conn.cursor().execute("INSERT INTO users_data VALUES (1)")\n'],
    ['with psycopg.connect(url) as conn:\n    conn.execute("INSERT INTO users_data VALUES (1)")\n'],
  ])('has nothing to say of %j', (text) => {
    expect(place(['src/load.py', text])).toBeNull();
  });
});
