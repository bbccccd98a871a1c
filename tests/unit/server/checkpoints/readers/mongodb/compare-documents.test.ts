import { describe, expect, it } from 'vitest';
import { trialUsers } from '../../../../../../server/checkpoints/acts/sandbox/trial-users.ts';
import { compareDocuments } from '../../../../../../server/checkpoints/readers/mongodb/compare-documents.ts';
import type { RawDocument } from '../../../../../../server/checkpoints/readers/mongodb/raw-documents.ts';

const users = trialUsers().slice(0, 3);
const [first, second] = users;

function compare(documents: readonly RawDocument[]) {
  return compareDocuments({ count: documents.length, documents }, users);
}

const RIGHT = { count: 3, wanted: 3, missing: [], flat: null, changed: null, repeated: [], together: false };

describe('documents that are right', () => {
  it.each<[string, (user: (typeof users)[number]) => RawDocument]>([
    ['as the source gives them', (user) => ({ _id: { $oid: '65f0' }, ...user })],
    ['with their id as the key', (user) => ({ ...user, _id: user.id })],
    ['without another id than the key', ({ id, ...user }) => ({ _id: id, ...user })],
    ['with more fields', (user) => ({ ...user, extracted_at: { $date: '2026-11-29T12:00:00Z' } })],
    ['wrapped in a field', (user) => ({ _id: user.id, source: 'http://source', raw: user })],
  ])('are %s', (_name, document) => {
    expect(compare(users.map(document))).toEqual(RIGHT);
  });
});

it('tells the users without a document', () => {
  expect(compare([{ ...first }])).toMatchObject({ count: 1, missing: [second?.id, users[2]?.id] });
});

it('tells nested fields that are flat, or gone', () => {
  const flat = users.map(({ address, company: _company, ...user }) => ({ ...user, address: address.city, city: address.city }));
  expect(compare(flat)).toMatchObject({ flat: { ids: users.map(({ id }) => id), fields: ['address', 'company'] } });
});

it('tells a value that is not the source’s', () => {
  expect(compare(users.map((user) => ({ ...user, phone: Number.parseInt(user.phone, 10) })))).toMatchObject({
    changed: { id: first?.id, field: 'phone' },
  });
});

it('tells documents of the same user', () => {
  expect(compare([...users, { ...first }]).repeated).toEqual([first?.id]);
});

it('tells one document of all users', () => {
  expect(compare([{ _id: 'users', users }])).toMatchObject({ together: true, missing: users.map(({ id }) => id) });
});

it('reads documents of any form', () => {
  expect(compare([{}, { _id: null, a: [1, 'x', null], b: { c: { d: {} } } }]).missing).toHaveLength(3);
});
