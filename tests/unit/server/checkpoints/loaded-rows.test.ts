import { beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../server/checkpoints/definitions.ts';
import { logs } from '../../../../server/checkpoints/tasks/1.4/logs.ts';
import { rows } from '../../../../server/checkpoints/tasks/1.4/rows.ts';
import { journal } from '../../../../server/checkpoints/tasks/1.5/journal.ts';
import type { ContainerFacts } from '../../../../server/lab-engine/definitions.ts';
import { COMPOSE, composeSubject, containerOf } from './fakes/compose-subject.ts';
import { solutionImage } from './fakes/solution-subject.ts';
import { viewOf } from './fakes/view-of.ts';

const USERS = [1, 2, 3].map((id) => ({
  id,
  name: `Nom ${id}`,
  username: `u${id}`,
  email: `u${id}@example.test`,
  phone: '01',
  address: { city: 'Nice', zipcode: '06000' },
}));
const row = (id: number) => ({ id, name: `Nom ${id}`, username: `u${id}`, email: `u${id}@example.test` });
const told = (users: readonly unknown[]) => `${JSON.stringify(users)}\n200`;

interface Base {
  /** Rows of `users_data`, by `schema` or by `database.schema`. */
  readonly tables: Readonly<Record<string, readonly object[]>>;
  readonly refuses?: string;
}

/** Answers what psql would, for the questions of the probe. */
function psql({ tables, refuses }: Base, argv: readonly string[]) {
  const database = argv[argv.indexOf('-d') + 1];
  const sql = argv.at(-1) ?? '';
  const answer = (value: unknown) => ({ code: 0, timedOut: false, output: JSON.stringify(value) });
  if (refuses) return { code: 2, timedOut: false, output: refuses };
  const own = Object.keys(tables).filter((name) => (name.includes('.') ? name.startsWith(`${database}.`) : database === 'warehouse'));
  if (sql.includes('to_regclass')) {
    const schemas = own.map((name) => name.split('.').at(-1));
    return answer({ visible: schemas.includes('public'), schemas });
  }
  if (sql.includes('pg_database')) return answer(['postgres']);
  const found = tables.public ?? [];
  const columns = Object.keys(found[0] ?? { id: 1 }).map((name) => ({ name, type: 'text' }));
  return answer({ count: found.length, oid: 1, columns, rows: found });
}

let etl: ContainerFacts;

function subjectWith(base: Base, { curl = told(USERS), find = '', files = {} as Record<string, string>, log = '' } = {}) {
  const subject = composeSubject(COMPOSE, files, { curl, find });
  subject.engine.running.push(containerOf('postgres', { env: ['POSTGRES_USER=dataeng', 'POSTGRES_DB=warehouse'] }), etl);
  const { engine } = subject;
  engine.all.push(solutionImage());
  return {
    ...subject,
    engine: Object.assign(engine, {
      logs: async () => log,
      execIn: async (_: string, run: { argv: readonly string[] }) => psql(base, run.argv),
    }),
  };
}

const view = (subject: ReturnType<typeof subjectWith>) => viewOf(subject);
const code = (finding: Finding) =>
  [finding.verdict === 'met' ? 'met' : finding.diagnosis.code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ');

beforeEach(() => {
  etl = containerOf('etl', { state: 'exited', env: ['SOURCE_API_URL=http://source.datastream.test/users'] });
});

describe('1.4/rows', () => {
  it.each([
    ['all', { public: USERS.map(({ id }) => row(id)) }, 'met'],
    ['one is missing', { public: [row(1), row(2)] }, 'rows.missing'],
    ['each twice', { public: [1, 1, 2, 2, 3, 3].map(row) }, 'met rows.doubled'],
    ['none', { public: [] }, 'rows.empty'],
    ['no table', {}, 'rows.absent'],
    ['another schema', { etl: [row(1)] }, 'rows.other-schema'],
    ['another database', { 'postgres.public': [row(1)] }, 'rows.other-database'],
    ['other people', { public: [1, 2, 3].map((id) => ({ id, name: 'x', username: 'y', email: 'z' })) }, 'rows.not-from-source'],
  ])('judges a table: %s', async (_, tables, expected) => {
    expect(code(await rows.judge(view(subjectWith({ tables }))))).toBe(expected);
  });

  it('waits while the ETL works, and not for ever', async () => {
    etl = { ...etl, state: 'running', startedMs: Date.now() };
    expect(code(await rows.judge(view(subjectWith({ tables: {} }))))).toBe('wait.loading');
    etl = { ...etl, startedMs: Date.now() - 120_000 };
    expect(code(await rows.judge(view(subjectWith({ tables: {} }))))).toBe('rows.absent');
  });

  it('names a source that refuses, the exit code that hides it, and the program', async () => {
    const finding = await rows.judge(view(subjectWith({ tables: {} }, { curl: 'Not Found\n404' })));
    expect(finding).toMatchObject({ diagnosis: { code: 'rows.source-refuses', where: { file: 'etl_pipeline.py' } } });
    expect(JSON.stringify(finding)).toMatch(/users_data.*code 0.*404/);
  });

  it('names the file that the image has in an older version', async () => {
    const subject = subjectWith({ tables: { public: [row(1)] } }, { files: { 'src/transform.py': 'new = 1\n' } });
    subject.engine.files.set('/app/src/transform.py', 'old = 1\n');
    const finding = await rows.judge(view(subject));
    expect(finding).toMatchObject({ diagnosis: { code: 'rows.image-older', where: { file: 'src/transform.py' } } });
  });

  it('says what a base that lets nobody in says', async () => {
    const finding = await rows.judge(view(subjectWith({ tables: {}, refuses: 'psql: error: FATAL: no pg_hba.conf entry' })));
    expect(finding).toMatchObject({ diagnosis: { code: 'rows.refused' } });
  });
});

describe('1.4/logs', () => {
  const at = (ms: number) => (ms / 1000).toFixed(2);

  it.each([
    ['written by this run', (started: number) => `120 ${at(started + 2000)} logs/etl.log`, 'met'],
    ['empty', (started: number) => `0 ${at(started + 2000)} logs/etl.log`, 'logs.empty'],
    ['of an older run', (started: number) => `120 ${at(started - 600_000)} logs/etl.log`, 'logs.stale'],
    ['none', () => '', 'logs.absent'],
  ])('judges a log: %s', async (_, find, expected) => {
    expect(code(await logs.judge(view(subjectWith({ tables: {} }, { find: find(etl.startedMs) }))))).toBe(expected);
  });
});

describe('1.5/journal', () => {
  const all = { public: USERS.map(({ id }) => row(id)) };

  it.each([
    ['a run that went well', all, 'INFO pipeline terminé', 'met'],
    ['a failure, whatever the last line claims of success', all, 'INFO début\nERROR échec : source', 'journal.failure'],
    ['a failure that a retry overcame', all, 'ERROR connexion refusée\nINFO terminé', 'met journal.overcome'],
    ['silence', all, '', 'met journal.silent'],
    ['rows doubled', { public: [1, 1, 2, 2, 3, 3].map(row) }, 'INFO terminé avec succès', 'journal.doubled'],
  ])('judges %s', async (_, tables, log, expected) => {
    expect(code(await journal.judge(view(subjectWith({ tables }, { log }))))).toBe(expected);
  });
});
