import { z } from 'zod';
import type { ContainerFacts, TrialRunResult } from '../../../lab-engine/definitions.ts';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { TrialView } from '../../definitions.ts';
import { accountOf, askPostgres } from '../../readers/postgres/ask-postgres.ts';
import { readUsersNow, type UsersTable } from '../../readers/postgres/users-table.ts';

const READ_MS = 60_000;

/** `users_data` of a sandbox. Null if there is no such table or no running database. Throws if a running database does not answer: the learner is not to blame. */
export async function readTable(view: TrialView, reference: string): Promise<UsersTable | null> {
  const container = await view.engine.container(reference);
  if (container?.state !== 'running') return null;
  const reading = await readUsersNow(view, container);
  if (reading.state === 'refused') throw new LabUnavailable('engine', { cause: new Error(reading.message) });
  return reading.state === 'found' ? reading.table : null;
}

const TABLES = `SELECT coalesce(json_agg(CASE nspname WHEN 'public' THEN relname ELSE nspname || '.' || relname END ORDER BY relname), '[]')
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p') AND nspname !~ '^(pg_|information_schema)'`;

/** The tables of a sandbox's database, those outside of `public` with their schema. Empty if it does not answer. */
export async function otherTables(view: TrialView, reference: string): Promise<readonly string[]> {
  const container = await view.engine.container(reference);
  if (container?.state !== 'running') return [];
  const told = await askPostgres(view, container, await accountOf(view, container), TABLES, z.array(z.string()).max(1000));
  return told.state === 'told' ? told.value.slice(0, 20) : [];
}

/** Runs one statement in a sandbox's database. Returns the output of psql. */
export async function tellDatabase(view: TrialView, container: ContainerFacts, statement: string): Promise<string> {
  const { user, database } = await accountOf(view, container);
  const password = container.env.find((one) => one.startsWith('POSTGRES_PASSWORD='))?.slice('POSTGRES_PASSWORD='.length);
  const argv = ['psql', '-X', '-A', '-t', '-q', '-U', user, '-d', database, '-c', statement];
  const answer = await view.engine.execIn(container.id, { argv, env: password ? [`PGPASSWORD=${password}`] : [], timeoutMs: READ_MS });
  return answer?.output.trim() ?? '';
}

/** Asked over the network: on its socket, a database already answers while it is being initialised. */
export async function takesConnections(view: TrialView, reference: string): Promise<boolean> {
  const argv = ['pg_isready', '-q', '-h', '127.0.0.1'];
  const answer: TrialRunResult | null = await view.engine.execIn(reference, { argv, timeoutMs: READ_MS });
  return answer?.code === 0;
}
