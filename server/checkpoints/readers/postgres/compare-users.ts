import type { SourceUser } from '../source/read-source.ts';
import type { UsersTable } from './users-table.ts';

export interface Comparison {
  readonly count: number;
  /** Number of users in the source, and of those that the table has. */
  readonly wanted: number;
  readonly present: number;
  /** Identifiers that the table does not have, in the source's order. */
  readonly missing: readonly number[];
  /** Identifiers that occur in several rows. */
  readonly doubled: number;
  /** Identifiers that occur with another person's name or e-mail address. */
  readonly strangers: readonly number[];
  /** Columns whose values are not the source's, with the table's type. */
  readonly values: readonly { readonly column: string; readonly type: string }[];
}

type Row = UsersTable['rows'][number];

/** Compares the table with what the source returns now. Rows that the source no longer has are no mistake. */
export function compareUsers({ count, columns, rows }: UsersTable, users: readonly SourceUser[]): Comparison {
  const byId = new Map<string, Row[]>();
  for (const row of rows) byId.set(keyOf(row), [...(byId.get(keyOf(row)) ?? []), row]);
  const rowsOf = (user: SourceUser) => byId.get(String(user.id)) ?? byId.get(user.email) ?? [];
  const there = users.filter((user) => rowsOf(user).length > 0);
  const strangers = there.filter((user) => !rowsOf(user).some((row) => isPerson(row, user))).map(({ id }) => id);
  const values = columns.filter(({ name }) => there.some((user) => differs(rowsOf(user)[0], name, user)));
  return {
    count,
    wanted: users.length,
    present: there.length,
    missing: users.filter((user) => rowsOf(user).length === 0).map(({ id }) => id),
    doubled: users.filter((user) => rowsOf(user).length > 1).length,
    strangers,
    values: values.map(({ name, type }) => ({ column: name, type })),
  };
}

function keyOf(row: Row): string {
  return String(row.id ?? row.email ?? '');
}

/** Whether a row has the user's name, account or address. A row without these columns counts as the user's. */
function isPerson(row: Row, { name, username, email }: SourceUser): boolean {
  const told = ['name', 'username', 'email'].filter((column) => typeof row[column] === 'string');
  return told.length === 0 || [name, username, email].some((text) => told.some((column) => same(row[column], text)));
}

function differs(row: Row | undefined, column: string, user: SourceUser): boolean {
  const wanted: Readonly<Record<string, string>> = {
    name: user.name,
    username: user.username,
    email: user.email,
    phone: user.phone,
    city: user.address.city,
    zipcode: user.address.zipcode,
  };
  const text = wanted[column];
  return row !== undefined && text !== undefined && row[column] !== text;
}

/** The allowed cleaning of values: case and blanks. */
function same(found: unknown, wanted: string): boolean {
  return typeof found === 'string' && found.trim().toLowerCase() === wanted.trim().toLowerCase();
}
