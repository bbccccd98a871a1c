import { expect, it } from 'vitest';
import type { SourceUser } from '../../../../../../contract/source.ts';
import { laterUsers, trialUsers } from '../../../../../../server/checkpoints/acts/sandbox/trial-users.ts';
import { tableFault } from '../../../../../../server/checkpoints/readers/postgres/table-fault.ts';

const TYPES: Readonly<Record<string, string>> = {
  id: 'bigint',
  lat: 'double precision',
  lng: 'double precision',
  extracted_at: 'timestamp with time zone',
};
const NAMES = ['id', 'name', 'username', 'email', 'phone', 'city', 'zipcode', 'lat', 'lng', 'extracted_at'];

function row({ id, name, username, email, phone, address }: SourceUser): Record<string, string | number | null> {
  const { city, zipcode, geo } = address;
  return {
    id,
    name,
    username,
    email,
    phone,
    city,
    zipcode,
    lat: Number(geo.lat),
    lng: Number(geo.lng),
    extracted_at: '2026-11-25T10:00:00Z',
  };
}

function table(rows: Record<string, string | number | null>[], types: Record<string, string> = {}) {
  const columns = NAMES.map((name) => ({ name, type: types[name] ?? TYPES[name] ?? 'text' }));
  return { oid: 1, count: rows.length, columns, rows };
}

const users = trialUsers();
const rows = () => users.map(row);
const changed = (change: Record<string, string | number | null>) => rows().map((one, index) => (index === 3 ? { ...one, ...change } : one));

it('accepts what the source says, cleaned or not', () => {
  expect(tableFault(table(rows()), users)).toBeNull();
  expect(tableFault(table(changed({ name: ' ruth okafor', email: 'ROKAFOR@ESSAI.TEST', phone: '0200000013' })), users)).toBeNull();
  expect(tableFault(table(rows(), { id: 'integer', lat: 'numeric', extracted_at: 'timestamp without time zone' }), users)).toBeNull();
});

it('accepts one more column, as the lesson proposes', () => {
  const { columns, ...rest } = table(users.map((user) => ({ ...row(user), company: 'Moreau Textile' })));
  expect(tableFault({ ...rest, columns: [...columns, { name: 'company', type: 'text' }] }, users)).toBeNull();
});

it('names the first thing that differs', () => {
  expect(tableFault(table([]), users)).toEqual({ kind: 'empty' });
  expect(tableFault(table(rows().slice(0, -1)), users)).toEqual({ kind: 'rows', missing: [30], extra: [] });
  expect(tableFault(table([...rows(), ...rows()]), users)).toEqual({ kind: 'doubled', distinct: 10 });
  expect(tableFault(table(changed({ zipcode: 21081518 }), { zipcode: 'bigint' }), users)).toMatchObject({
    kind: 'type',
    column: 'zipcode',
    type: 'bigint',
  });
  expect(tableFault(table(changed({ zipcode: '02108' })), users)).toMatchObject({
    kind: 'value',
    column: 'zipcode',
    id: 24,
    found: '02108',
  });
  expect(tableFault(table(changed({ lng: 71.0638 })), users)).toMatchObject({ kind: 'value', column: 'lng' });
  expect(tableFault(table(changed({ extracted_at: null })), users)).toMatchObject({ kind: 'value', column: 'extracted_at' });
  const { columns, ...rest } = table(rows());
  expect(tableFault({ ...rest, columns: columns.slice(0, -1) }, users)).toEqual({ kind: 'column', column: 'extracted_at' });
});

it('lets an upsert keep what the source no longer gives, and asks for what it says now', () => {
  const later = laterUsers();
  const kept = users.map(({ id }) => id);
  const upserted = [...later.map(row), ...rows().slice(-1)];
  expect(tableFault(table(upserted), later, { kept })).toBeNull();
  expect(tableFault(table(upserted), later)).toMatchObject({ kind: 'rows', extra: [30] });
  const stale = upserted.map((one) => (one.id === 21 ? { ...one, city: 'Roscoff' } : one));
  expect(tableFault(table(stale), later, { kept })).toMatchObject({ kind: 'value', column: 'city', id: 21 });
});

it.each([
  ['2025-11-25T10:00:00+00:00', true],
  ['2026-01-01T00:00:00', true],
  ['1970-01-01T00:00:00', true],
  ['2026-11-25T09:59:58.125+00:00', false],
  ['2026-11-26T00:00:00', false],
  ['2026-11-24T22:00:00', false],
])('takes an extracted_at of %s for the time of a run on 25 November 2026 at ten, or not', (time, isOld) => {
  const fault = tableFault(table(changed({ extracted_at: time })), users, { atMs: Date.parse('2026-11-25T10:00:00Z') });
  expect(fault).toEqual(isOld ? { kind: 'old', found: time } : null);
});
