import { z } from 'zod';
import type { LabView } from '../../definitions.ts';
import { jsonOrNull } from './json-or-null.ts';

const ROWS = 500;
const READ_MS = 20_000;
const READ_BYTES = 1024 * 1024;
const ABSENT = 4;

/** As the image's own entry point names them. */
const CONNECTION = `
given() { eval "v=\\\${$1:-}"; [ -n "$v" ] || { eval "f=\\\${$1_FILE:-}"; [ -z "$f" ] || v=$(cat "$f"); }; printf %s "$v"; }
user=$(given POSTGRES_USER); user=\${user:-postgres}
database=$(given POSTGRES_DB); database=\${database:-$user}
PGPASSWORD=$(given POSTGRES_PASSWORD); export PGPASSWORD
ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -U "$user" -d "$database" -c "$1"; }
`;

const READ = `${CONNECTION}
schema=$(ask "SELECT quote_ident(table_schema) FROM information_schema.tables WHERE table_name = 'users_data' ORDER BY table_schema <> 'public' LIMIT 1") || exit 3
[ -n "$schema" ] || exit ${ABSENT}
ask "SELECT json_build_object(
  'schema', '$schema', 'oid', '$schema.users_data'::regclass::oid::bigint, 'count', (SELECT count(*) FROM $schema.users_data),
  'columns', (SELECT json_agg(json_build_object('name', column_name, 'type', data_type) ORDER BY ordinal_position)
              FROM information_schema.columns WHERE quote_ident(table_schema) = '$schema' AND table_name = 'users_data'),
  'rows', (SELECT coalesce(json_agg(t), '[]') FROM (SELECT * FROM $schema.users_data LIMIT ${ROWS}) t))"
`;

const tableSchema = z.object({
  schema: z.string(),
  /** Another one after a run says that the table was dropped and made anew. */
  oid: z.number(),
  count: z.number(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.record(z.string(), z.unknown())),
});

/** `users_data` in a database of a trial. */
export type UsersTable =
  | ({ readonly state: 'there' } & z.infer<typeof tableSchema>)
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly output: string };

export async function readUsers(view: LabView, container: string): Promise<UsersTable> {
  const answer = await inDatabase(view, container, READ);
  if (answer.code === ABSENT) return { state: 'absent' };
  const table = answer.code === 0 ? tableSchema.safeParse(jsonOrNull(answer.output)) : null;
  return table?.success ? { state: 'there', ...table.data } : { state: 'unreadable', output: answer.output };
}

/** One statement in a database of a trial; what it gives is one text. */
export function askDatabase(view: LabView, container: string, statement: string): Promise<{ code: number; output: string }> {
  return inDatabase(view, container, `${CONNECTION}\nask "$1"`, statement);
}

/** By the network: while it is being made, a database already answers on its socket. */
export async function databaseAnswers(view: LabView, container: string): Promise<boolean> {
  return (await inDatabase(view, container, 'pg_isready -q -h 127.0.0.1')).code === 0;
}

async function inDatabase(view: LabView, container: string, script: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const run = { argv: ['sh', '-c', script, 'escale', ...args], timeoutMs: READ_MS, maxBytes: READ_BYTES };
  return (await view.engine.execIn(container, run)) ?? { code: 1, output: 'le conteneur de la base ne tourne pas' };
}
