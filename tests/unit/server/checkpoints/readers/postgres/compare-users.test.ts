import { expect, it } from 'vitest';
import { compareUsers } from '../../../../../../server/checkpoints/readers/postgres/compare-users.ts';

const user = (id: number) => ({
  id,
  name: `Nom ${id}`,
  username: `u${id}`,
  email: `u${id}@example.test`,
  phone: '01',
  address: { city: 'Nice', zipcode: '06000' },
});
const row = (id: number) => ({
  id,
  name: `Nom ${id}`,
  username: `u${id}`,
  email: `u${id}@example.test`,
  phone: '01',
  city: 'Nice',
  zipcode: '06000',
});
const users = [1, 2, 3].map(user);
const table = (rows: Record<string, string | number>[]) => ({
  oid: 1,
  count: rows.length,
  columns: Object.keys(rows[0] ?? {}).map((name) => ({ name, type: 'text' })),
  rows,
});

it('finds every user, one or more times, and those that are missing', () => {
  expect(compareUsers(table([1, 2, 3].map(row)), users)).toMatchObject({ present: 3, missing: [], doubled: 0, strangers: [], values: [] });
  expect(compareUsers(table([1, 2].map(row)), users)).toMatchObject({ count: 2, wanted: 3, missing: [3] });
  expect(compareUsers(table([1, 2, 3, 3].map(row)), users)).toMatchObject({ count: 4, doubled: 1 });
  expect(compareUsers(table([]), users)).toMatchObject({ count: 0, missing: [1, 2, 3] });
});

it('lets older rows be, and identifiers that are texts', () => {
  expect(compareUsers(table([1, 2, 3, 9].map(row)), users)).toMatchObject({ missing: [], doubled: 0 });
  expect(compareUsers(table([1, 2, 3].map((id) => ({ ...row(id), id: String(id) }))), users)).toMatchObject({ missing: [] });
});

it('tells people from others who have their number, and values from those of the source', () => {
  const hand = [1, 2, 3].map((id) => ({ ...row(id), name: 'x', username: 'y', email: 'z' }));
  expect(compareUsers(table(hand), users).strangers).toEqual([1, 2, 3]);
  const cleaned = [1, 2, 3].map((id) => ({ ...row(id), email: `U${id}@EXAMPLE.test` }));
  expect(compareUsers(table(cleaned), users)).toMatchObject({ strangers: [], values: [{ column: 'email', type: 'text' }] });
  const numbers = [1, 2, 3].map((id) => ({ ...row(id), zipcode: 6000 }));
  expect(compareUsers(table(numbers), users)).toMatchObject({ strangers: [], values: [{ column: 'zipcode', type: 'text' }] });
});
