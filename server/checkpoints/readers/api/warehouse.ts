import type { LabView } from '../../definitions.ts';
import { theService } from '../compose/compose-services.ts';
import { theContainer } from '../container/stack.ts';
import { readUsers, type UsersTable } from '../postgres/users-table.ts';

/** The table that the API reads. Null if it is absent, empty or cannot be read: 1.4/rows says why. */
export async function warehouse(view: LabView): Promise<UsersTable | null> {
  const reading = await readUsers(view, await theContainer(view, (await theService(view, 'postgres')).name));
  return reading.state === 'found' && reading.table.count > 0 ? reading.table : null;
}
