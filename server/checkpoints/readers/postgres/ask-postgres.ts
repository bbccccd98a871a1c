import type { z } from 'zod';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { containerVariable } from '../container/variable.ts';

const DEADLINE_MS = 45_000;
const ANSWER_BYTES = 1024 * 1024;

export interface Account {
  readonly user: string;
  readonly database: string;
}

/** The account and database with which a PostgreSQL container was created. */
export async function accountOf(view: LabView, container: ContainerFacts): Promise<Account> {
  const user = (await containerVariable(view, container, 'POSTGRES_USER', DEADLINE_MS)) ?? 'postgres';
  return { user, database: (await containerVariable(view, container, 'POSTGRES_DB', DEADLINE_MS)) ?? user };
}

export type Answer<T> = { readonly state: 'told'; readonly value: T } | { readonly state: 'refused'; readonly message: string };

/** Asks one read-only query with psql inside the container, over its socket. The answer is one JSON value. */
export async function askPostgres<T>(
  view: LabView,
  container: ContainerFacts,
  { user, database }: Account,
  sql: string,
  schema: z.ZodType<T>,
): Promise<Answer<T>> {
  const password = container.env.find((one) => one.startsWith('POSTGRES_PASSWORD='))?.slice('POSTGRES_PASSWORD='.length);
  const options = '-c default_transaction_read_only=on -c statement_timeout=10000 -c client_min_messages=error';
  const asked = await view.engine.execIn(container.id, {
    argv: ['psql', '-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', '-U', user, '-d', database, '-c', sql],
    env: ['PGCONNECT_TIMEOUT=5', `PGOPTIONS=${options}`, ...(password ? [`PGPASSWORD=${password}`] : [])],
    timeoutMs: DEADLINE_MS,
    maxBytes: ANSWER_BYTES,
  });
  if (asked === null) return { state: 'refused', message: 'le conteneur ne tourne pas' };
  if (asked.code !== 0) return { state: 'refused', message: asked.output.trim().slice(0, 500) };
  const value = schema.safeParse(json(asked.output));
  return value.success
    ? { state: 'told', value: value.data }
    : { state: 'refused', message: 'psql a répondu autre chose que ce qui était demandé' };
}

/** Whether the database answers, whatever its health check says. */
export async function databaseAnswers(view: LabView, container: ContainerFacts): Promise<boolean> {
  const asked = await view.engine.execIn(container.id, { argv: ['pg_isready', '-q'], timeoutMs: DEADLINE_MS });
  return asked?.code === 0;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
