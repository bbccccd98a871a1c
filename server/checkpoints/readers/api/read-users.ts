import { z } from 'zod';
import type { LabView } from '../../definitions.ts';
import type { UsersTable } from '../postgres/users-table.ts';
import { isFromBefore, type RowDifference, rowDifference } from './compare-answer.ts';
import { type EndpointReading, readEndpoint } from './read-endpoint.ts';

const usersSchema = z.object({ count: z.number(), data: z.array(z.record(z.string(), z.unknown())) });
/** The brief asks for at most this number of rows. */
const LIMIT = 100;

export interface UsersReading extends EndpointReading {
  /** Undefined if the answer has another form. */
  readonly found: z.infer<typeof usersSchema> | undefined;
  readonly difference: RowDifference | null;
  /** The difference is only that the answer is from before the last load. */
  readonly stale: boolean;
}

/** The answer of `/users`, compared with the table. */
export async function readUsersAnswer(view: LabView, table: UsersTable): Promise<UsersReading> {
  const judged = (value: unknown) => {
    const found = usersSchema.safeParse(value).data;
    const difference = found ? differenceOf(found.data, table) : null;
    const stale = difference !== null && difference.kind !== 'columns' && isFromBefore(found?.data ?? [], table);
    return { found, difference, stale };
  };
  const reading = await readEndpoint(view, 'users', '/users', (value) => {
    const { found, difference, stale } = judged(value);
    return found !== undefined && found.count === found.data.length && (difference === null || stale);
  });
  return { ...reading, ...judged(reading.value) };
}

/** The first difference between `data` and the table, up to the limit. */
function differenceOf(data: z.infer<typeof usersSchema>['data'], table: UsersTable): RowDifference | null {
  const difference = rowDifference(data, table);
  if (difference) return difference;
  const found = new Set(data.map(({ id }) => String(id)));
  const wanted = new Set(table.rows.map(({ id }) => String(id)));
  const least = Math.min(wanted.size, LIMIT);
  if (found.size >= least) return null;
  const absent = [...wanted].filter((id) => !found.has(id));
  return {
    kind: 'rows',
    what: `${found.size} utilisateurs au lieu de ${least} ; manque l’id ${absent.slice(0, 5).join(', ')}`,
    column: 'id',
  };
}
