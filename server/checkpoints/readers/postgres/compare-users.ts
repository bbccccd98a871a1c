import type { SourceUser } from '../source/read-source.ts';
import type { UsersTable } from './users-table.ts';

export interface Comparison {
  readonly count: number;
  /** Users of the source, and how many of them the table has. */
  readonly wanted: number;
  readonly present: number;
  /** Identifiers that the table lacks, in the source's order. */
  readonly missing: readonly number[];
  /** Identifiers that stand on more than one row. */
  readonly doubled: number;
  /** Identifiers that are there with another person's name or address of mail. */
  readonly strangers: readonly number[];
  /** Columns whose values are not the source's, with the table's type. */
  readonly values: readonly { readonly column: string; readonly type: string }[];
}

type Row = UsersTable['rows'][number];

/** The table against what the source gives now. Rows that the source no longer gives are nobody's mistake. */
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

/** A row that bears a name, an account or an address of the user's; one without any of these columns says nothing. */
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

/** Cleaning that a transformation may do: case and blanks. */
function same(found: unknown, wanted: string): boolean {
  return typeof found === 'string' && found.trim().toLowerCase() === wanted.trim().toLowerCase();
}
