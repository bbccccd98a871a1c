import type { ContainerFacts } from '../../../../../server/lab-engine/definitions.ts';
import { COMPOSE, composeSubject, containerOf } from './compose-subject.ts';
import { solutionImage } from './solution-subject.ts';
import { viewOf } from './view-of.ts';

/** What the source gives. */
export const USERS = [1, 2, 3].map((id) => ({
  id,
  name: `Nom ${id}`,
  username: `u${id}`,
  email: `u${id}@example.test`,
  phone: '01',
  address: { city: 'Nice', zipcode: '06000' },
}));
/** A user as the ETL loads it. */
export const row = (id: number) => ({ id, name: `Nom ${id}`, username: `u${id}`, email: `u${id}@example.test` });

/** An ETL that has ended. */
export const ETL = containerOf('etl', { state: 'exited', env: ['SOURCE_API_URL=http://source.datastream.test/users'] });

interface Loaded {
  /** Rows of `users_data`, by `schema` or by `database.schema`. */
  readonly tables: Readonly<Record<string, readonly object[]>>;
  /** What psql says instead of answering. */
  readonly refuses?: string;
  readonly etl?: ContainerFacts;
  /** What `curl` and `find` print. */
  readonly curl?: string;
  readonly find?: string;
  readonly files?: Record<string, string>;
  readonly log?: string;
}

/** A stack whose ETL has run: its database holds these rows. */
export function loadedSubject({ etl = ETL, curl = `${JSON.stringify(USERS)}\n200`, find = '', files = {}, log = '', ...base }: Loaded) {
  const subject = composeSubject(COMPOSE, files, { curl, find });
  const { engine } = subject;
  engine.running.push(containerOf('postgres', { env: ['POSTGRES_USER=dataeng', 'POSTGRES_DB=warehouse'] }), etl);
  engine.all.push(solutionImage());
  return {
    ...subject,
    engine: Object.assign(engine, {
      logs: async () => log,
      execIn: async (_: string, run: { argv: readonly string[] }) => psql(base, run.argv),
    }),
  };
}

/** The view of a look at such a stack. */
export function loadedView(loaded: Loaded) {
  return viewOf(loadedSubject(loaded));
}

/** Answers what psql would, for the questions of the reader. */
function psql({ tables, refuses }: Pick<Loaded, 'tables' | 'refuses'>, argv: readonly string[]) {
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
