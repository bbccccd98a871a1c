import { accountOf } from '../checkpoints/readers/postgres/ask-postgres.ts';
import type { ContainerFacts } from '../lab-engine/definitions.ts';
import { inView } from './play.ts';
import type { WorkshopStack } from './workshop-stack.ts';

const TABLE = 'livre_de_bord';
const ASK_MS = 20_000;

/** Writes a row that no program of the copy would write again. */
export async function writeWitness(stack: WorkshopStack, database: ContainerFacts, word: string): Promise<boolean> {
  const told = await tell(stack, database, `CREATE TABLE ${TABLE} AS SELECT '${word}'::text AS mot; SELECT mot FROM ${TABLE}`);
  return told === word;
}

/** Whether that row is still there. Null if the database cannot be asked. */
export async function witnessIsThere(stack: WorkshopStack, database: ContainerFacts, word: string): Promise<boolean | null> {
  const told = await tell(stack, database, `SELECT coalesce((SELECT 'oui' FROM pg_tables WHERE tablename = '${TABLE}'), 'non')`);
  if (told !== 'oui') return told === 'non' ? false : null;
  return (await tell(stack, database, `SELECT mot FROM ${TABLE} WHERE mot = '${word}'`)) === word;
}

/** Over the socket, where the image asks for no password: the learner may have changed it. */
async function tell(stack: WorkshopStack, database: ContainerFacts, sql: string): Promise<string | null> {
  return inView(stack, async (view) => {
    const account = await accountOf(view, database);
    const argv = ['psql', '-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', '-U', account.user, '-d', account.database, '-c', sql];
    const answer = await view.engine.execIn(database.id, { argv, timeoutMs: ASK_MS });
    return answer?.code === 0 ? answer.output.trim() : null;
  });
}
