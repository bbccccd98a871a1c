import { z } from 'zod';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { type Account, type Answer, accountOf, askPostgres } from './ask-postgres.ts';

export const TABLE = 'users_data';
/** Rows that are compared one by one. */
const ROWS = 1000;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).catch(null);
const tableSchema = z.object({
  count: z.number(),
  /** Another one later says that the table was dropped and made anew. */
  oid: z.number(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).max(2000),
  rows: z.array(z.record(z.string(), scalar)).max(ROWS),
});

export type UsersTable = z.infer<typeof tableSchema>;

export type TableReading =
  | { readonly state: 'found'; readonly account: Account; readonly table: UsersTable }
  /** `schemas`, `databases`: where a table of this name is, out of the way of `SELECT * FROM users_data`. */
  | { readonly state: 'absent'; readonly account: Account; readonly schemas: readonly string[]; readonly databases: readonly string[] }
  | { readonly state: 'refused'; readonly account: Account; readonly message: string };

const SCHEMAS = `SELECT json_build_object('visible', to_regclass('${TABLE}') IS NOT NULL,
  'schemas', (SELECT coalesce(json_agg(nspname), '[]') FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relname = '${TABLE}' AND relkind IN ('r', 'v', 'm', 'p')))`;
const DATABASES = `SELECT coalesce(json_agg(datname), '[]') FROM pg_database WHERE datallowconn AND NOT datistemplate AND datname <> current_database()`;
const CONTENT = `SELECT json_build_object('count', (SELECT count(*) FROM ${TABLE}), 'oid', '${TABLE}'::regclass::oid::bigint,
  'columns', (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = '${TABLE}'::regclass AND attnum > 0 AND NOT attisdropped),
  'rows', (SELECT coalesce(json_agg(to_jsonb(t)), '[]') FROM (SELECT * FROM ${TABLE} LIMIT ${ROWS}) t))`;

const whereSchema = z.object({ visible: z.boolean(), schemas: z.array(z.string()).max(1000) });
const namesSchema = z.array(z.string()).max(1000);

/** What `users_data` holds in the learner's warehouse; read once a look. */
export function readUsers(view: LabView, container: ContainerFacts): Promise<TableReading> {
  return view.once('users-table', () => readUsersNow(view, container));
}

/** What `users_data` holds in any PostgreSQL, each time it is asked. */
export async function readUsersNow(view: LabView, container: ContainerFacts): Promise<TableReading> {
  const account = await accountOf(view, container);
  const refused = (answer: Answer<unknown>) => ({
    state: 'refused' as const,
    account,
    message: answer.state === 'refused' ? answer.message : '',
  });
  const place = await askPostgres(view, container, account, SCHEMAS, whereSchema);
  if (place.state === 'refused') return refused(place);
  if (place.value.visible) {
    const table = await askPostgres(view, container, account, CONTENT, tableSchema);
    return table.state === 'told' ? { state: 'found', account, table: table.value } : refused(table);
  }
  const { schemas } = place.value;
  return { state: 'absent', account, schemas, databases: schemas.length > 0 ? [] : await databasesWith(view, container, account) };
}

async function databasesWith(view: LabView, container: ContainerFacts, account: Account): Promise<string[]> {
  const all = await askPostgres(view, container, account, DATABASES, namesSchema);
  if (all.state === 'refused') return [];
  const found: string[] = [];
  for (const database of all.value.slice(0, 10)) {
    const place = await askPostgres(view, container, { ...account, database }, SCHEMAS, whereSchema);
    if (place.state === 'told' && place.value.schemas.length > 0) found.push(database);
  }
  return found;
}
