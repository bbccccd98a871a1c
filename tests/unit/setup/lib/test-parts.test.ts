import { expect, it } from 'vitest';
import { chosenParts, testParts } from '../../../../setup/lib/test-parts.mjs';

const parts = testParts('/reports');

it('a part runs beside one that has its own time', () => {
  const owners = parts.filter(({ beside }) => beside === undefined).map(({ id }) => id);
  for (const { id, beside } of parts) if (beside !== undefined) expect(owners, `${id} beside ${beside}`).toContain(beside);
});

it('the parts that were named run in their order, all where none was, and a name that is none is refused', () => {
  expect(chosenParts(parts, ['browser', 'unit']).map(({ id }) => id)).toEqual(['unit', 'browser']);
  expect(chosenParts(parts, [])).toEqual(parts);
  expect(() => chosenParts(parts, ['unit', 'units'])).toThrow(expect.objectContaining({ exitStatus: 64 }));
});
