import type { SourceUser } from '../../../../contract/source.ts';
import type { UsersTable } from './users-table.ts';

/** The first difference between a table and the users that it should contain. */
export type TableFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'doubled'; readonly distinct: number }
  | { readonly kind: 'rows'; readonly missing: readonly number[]; readonly extra: readonly number[] }
  | { readonly kind: 'type'; readonly column: string; readonly type: string; readonly wanted: string }
  /** `extracted_at` is not the time of this run. */
  | { readonly kind: 'old'; readonly found: string }
  | { readonly kind: 'value'; readonly column: string; readonly id: number; readonly wanted: string; readonly found: string };

const TEXT = { wanted: 'text', accepts: /^(text|character varying|character|citext|bpchar)\b/ };
const WHOLE = { wanted: 'integer', accepts: /^(smallint|integer|bigint|numeric)\b/ };
const NUMBER = { wanted: 'double precision', accepts: /^(double precision|real|numeric)\b/ };
const TIME = { wanted: 'timestamp', accepts: /^timestamp/ };

const COLUMNS: Readonly<Record<string, { readonly wanted: string; readonly accepts: RegExp }>> = {
  id: WHOLE,
  name: TEXT,
  username: TEXT,
  email: TEXT,
  phone: TEXT,
  city: TEXT,
  zipcode: TEXT,
  lat: NUMBER,
  lng: NUMBER,
  extracted_at: TIME,
};

/** How far `extracted_at` may be from the run: a time without a zone may be that of any zone. */
const DAY_MS = 26 * 3_600_000;

interface Terms {
  readonly kept?: readonly number[];
  /** Milliseconds since 1970. */
  readonly atMs?: number;
}

/** Values may be cleaned (case, blanks, dots in phone numbers), but digits and coordinates may not change. `kept`: ids of an earlier load, which may still be there. `atMs`: when the rows were loaded, if that is known. */
export function tableFault(table: UsersTable, users: readonly SourceUser[], { kept = [], atMs }: Terms = {}): TableFault | null {
  if (table.count === 0) return { kind: 'empty' };
  const missing = Object.keys(COLUMNS).find((column) => !table.columns.some(({ name }) => name === column));
  if (missing !== undefined) return { kind: 'column', column: missing };
  return (
    wrongRows(table, users, kept) ??
    wrongType(table) ??
    wrongValue(table, users) ??
    (atMs === undefined ? null : oldRow(table, users, atMs))
  );
}

function wrongRows({ count, rows }: UsersTable, users: readonly SourceUser[], kept: readonly number[]): TableFault | null {
  const found = new Set(rows.map(({ id }) => Number(id)));
  const wanted = users.map(({ id }) => id);
  const absent = wanted.filter((id) => !found.has(id));
  const extra = [...found].filter((id) => !wanted.includes(id) && !kept.includes(id));
  if (absent.length > 0 || extra.length > 0) return { kind: 'rows', missing: absent, extra };
  return count > found.size ? { kind: 'doubled', distinct: found.size } : null;
}

function wrongType({ columns }: UsersTable): TableFault | null {
  for (const { name, type } of columns) {
    const rule = COLUMNS[name];
    if (rule !== undefined && !rule.accepts.test(type)) return { kind: 'type', column: name, type, wanted: rule.wanted };
  }
  return null;
}

function wrongValue({ rows }: UsersTable, users: readonly SourceUser[]): TableFault | null {
  for (const user of users) {
    const row = rows.find(({ id }) => Number(id) === user.id) ?? {};
    for (const [column, wanted, same] of expectedValues(user)) {
      const found = row[column];
      if (!same(found, wanted)) return { kind: 'value', column, id: user.id, wanted, found: String(found) };
    }
    if (row.extracted_at === null) return { kind: 'value', column: 'extracted_at', id: user.id, wanted: 'une date', found: 'null' };
  }
  return null;
}

function oldRow({ rows }: UsersTable, users: readonly SourceUser[], atMs: number): TableFault | null {
  const times = rows.filter(({ id }) => users.some((user) => user.id === Number(id))).map((row) => String(row.extracted_at));
  const found = times.find((time) => Math.abs(Date.parse(time) - atMs) > DAY_MS);
  return found === undefined ? null : { kind: 'old', found };
}

type Same = (found: unknown, wanted: string) => boolean;

function expectedValues({ name, username, email, phone, address }: SourceUser): [string, string, Same][] {
  return [
    ['name', name, sameText],
    ['username', username, sameText],
    ['email', email, sameText],
    ['phone', phone, sameDigits],
    ['city', address.city, sameText],
    ['zipcode', address.zipcode, (found, wanted) => String(found).trim() === wanted],
    ['lat', address.geo.lat, sameNumber],
    ['lng', address.geo.lng, sameNumber],
  ];
}

const sameText: Same = (found, wanted) => plain(String(found)) === plain(wanted);
const sameDigits: Same = (found, wanted) => String(found).replace(/\D/g, '').endsWith(wanted.replace(/\D/g, '').slice(-9));
const sameNumber: Same = (found, wanted) => Math.abs(Number(found) - Number(wanted)) < 1e-3;

function plain(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}
