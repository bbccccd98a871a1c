import { expect, test } from 'vitest';
import { sourceStateSchema, sourceUserSchema } from '../../../../contract/source.ts';
import { answer } from '../../../../lab-stack/source/answer.ts';
import { USERS } from '../../../../lab-stack/source/users.ts';

const state = (change: object = {}) => sourceStateSchema.parse(change);

test('every user has the documented shape, and values that a careless conversion would damage', () => {
  for (const user of USERS) expect(sourceUserSchema.parse(user)).toEqual(user);
  expect(USERS.some(({ address }) => /^0\d{4}$/.test(address.zipcode))).toBe(true);
  expect(USERS.some(({ name }) => /[àéèëïôœç]/i.test(name))).toBe(true);
  expect(USERS.some(({ name }) => name.includes("'"))).toBe(true);
  expect(new Set(USERS.map(({ email }) => email)).size).toBe(10);
});

test.for([
  ['/users', 200],
  ['/users/', 200],
  ['/users/3', 200],
  ['/users/11', 404],
  ['/users/x', 404],
  ['/', 404],
] as const)('GET %s: %i', ([path, status]) => {
  expect(answer(path, state()).status).toBe(status);
});

test('a configured status applies to every user, but not to unknown paths', () => {
  expect(answer('/users/1', state({ status: 500 })).status).toBe(500);
  expect(answer('/nothing', state({ status: 500 })).status).toBe(404);
});

test('a malformed body is cut, extra rows continue the ids, other users replace the ten', () => {
  expect(() => JSON.parse(answer('/users', state({ malformed: true })).body)).toThrow(SyntaxError);
  const rows = JSON.parse(answer('/users', state({ extraRows: 200 })).body);
  expect(rows).toHaveLength(210);
  expect(sourceUserSchema.parse(rows[209]).id).toBe(210);
  const one = [{ ...USERS[4], id: 40 }];
  expect(JSON.parse(answer('/users', state({ users: one, extraRows: 1 })).body).map(({ id }: { id: number }) => id)).toEqual([40, 41]);
});
