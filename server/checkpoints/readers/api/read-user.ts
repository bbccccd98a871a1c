import { z } from 'zod';
import type { LabView } from '../../definitions.ts';
import type { HttpAnswer } from '../http/http.ts';
import type { UsersTable } from '../postgres/users-table.ts';
import { askApi } from './ask-api.ts';
import { isFromBefore, type RowDifference, rowDifference } from './compare-answer.ts';
import { type EndpointReading, readEndpoint } from './read-endpoint.ts';

const rowSchema = z.record(z.string(), z.unknown());
/** Numbers that no user has. The last one is too large for any column. */
const ODD = ['0', '-1', '99999999999999999999'];
/** If `1 OR 1=1` reached the SQL as it is, it would give rows. */
const INJECTION = '1%20OR%201%3D1';

/** The answer about one user of the table. */
export interface KnownUser extends EndpointReading {
  readonly id: string;
  /** Undefined if the answer has another form. */
  readonly row: z.infer<typeof rowSchema> | undefined;
  readonly difference: RowDifference | null;
  /** The difference is only that the answer is from before the last load. */
  readonly stale: boolean;
}

export interface UserReading {
  /** Two users of the table, or one if it has no more. */
  readonly known: readonly KnownUser[];
  readonly unknown: AskedId;
  readonly word: AskedId;
  readonly injection: AskedId;
  readonly odd: readonly AskedId[];
  /** An id that no column can hold. */
  readonly huge: AskedId | undefined;
}

interface AskedId {
  readonly id: string;
  readonly answer: HttpAnswer;
  /** The question is refused, as it should be. */
  readonly refused: boolean;
}

/** Answers of `/users/{id}`. Asked one after the other: a cache with one key for all answers the second question with the first user. */
export async function readUser(view: LabView, table: UsersTable): Promise<UserReading> {
  const ids = [...new Set(table.rows.map(({ id }) => String(id)))].sort((a, b) => Number(a) - Number(b));
  const known: KnownUser[] = [];
  for (const id of ids.slice(0, 2)) known.push(await readKnown(view, id, table));
  const asked = async (id: string): Promise<AskedId> => {
    const answer = await askApi(view, `/users/${id}`);
    return { id, answer, refused: answer.status >= 400 && answer.status < 500 };
  };
  const [unknown, word, injection] = [await asked(freeId(ids)), await asked('abc'), await asked(INJECTION)];
  const odd = await Promise.all(ODD.filter((id) => !ids.includes(id)).map(asked));
  const isHuge = ({ id }: AskedId) => !Number.isSafeInteger(Number(id));
  return { known, unknown, word, injection, odd: odd.filter((one) => !isHuge(one)), huge: odd.find(isHuge) };
}

async function readKnown(view: LabView, id: string, table: UsersTable): Promise<KnownUser> {
  const judged = (value: unknown) => {
    const row = rowSchema.safeParse(value).data;
    const difference = row ? rowDifference([row], table) : null;
    return { row, difference, stale: difference?.kind === 'value' && isFromBefore(row ? [row] : [], table) };
  };
  const reading = await readEndpoint(view, 'user', `/users/${id}`, (value) => {
    const { row, difference, stale } = judged(value);
    return String(row?.id) === id && (difference === null || stale);
  });
  return { id, ...reading, ...judged(reading.value) };
}

/** A number that no user has, and that any column can hold. */
function freeId(ids: readonly string[]): string {
  const largest = Math.max(0, ...ids.map(Number).filter(Number.isSafeInteger));
  return String(largest < 1_000_000 ? largest + 999_000 : largest - 1);
}
