import type { ContainerFacts, TrialRunResult } from '../../../lab-engine/definitions.ts';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { TrialView } from '../../definitions.ts';
import { accountOf } from '../../readers/postgres/ask-postgres.ts';
import { readUsersNow, type UsersTable } from '../../readers/postgres/users-table.ts';

const READ_MS = 20_000;

/** `users_data` of a sandbox; null where there is none, or no database to ask. A database that runs and does not answer is nobody's mistake. */
export async function readTable(view: TrialView, reference: string): Promise<UsersTable | null> {
  const container = await view.engine.container(reference);
  if (container?.state !== 'running') return null;
  const reading = await readUsersNow(view, container);
  if (reading.state === 'refused') throw new LabUnavailable('engine', { cause: new Error(reading.message) });
  return reading.state === 'found' ? reading.table : null;
}

/** One statement in a database of a sandbox, and what psql says to it. */
export async function tellDatabase(view: TrialView, container: ContainerFacts, statement: string): Promise<string> {
  const { user, database } = await accountOf(view, container);
  const password = container.env.find((one) => one.startsWith('POSTGRES_PASSWORD='))?.slice('POSTGRES_PASSWORD='.length);
  const argv = ['psql', '-X', '-A', '-t', '-q', '-U', user, '-d', database, '-c', statement];
  const answer = await view.engine.execIn(container.id, { argv, env: password ? [`PGPASSWORD=${password}`] : [], timeoutMs: READ_MS });
  return answer?.output.trim() ?? '';
}

/** By the network: while it is being made, a database already answers on its socket. */
export async function takesConnections(view: TrialView, reference: string): Promise<boolean> {
  const argv = ['pg_isready', '-q', '-h', '127.0.0.1'];
  const answer: TrialRunResult | null = await view.engine.execIn(reference, { argv, timeoutMs: READ_MS });
  return answer?.code === 0;
}
