import { expect, test } from 'vitest';
import { inRanges, lineRanges } from '../../../../src/lib/lines.ts';

test('reads lines and ranges of lines', () => {
  expect(lineRanges('12-18, 21')).toEqual([
    { from: 12, to: 18 },
    { from: 21, to: 21 },
  ]);
  expect(lineRanges('')).toEqual([]);
  expect(inRanges(18, lineRanges('12-18'))).toBe(true);
  expect(inRanges(19, lineRanges('12-18'))).toBe(false);
});

test.each(['a', '0', '5-2', '1-'])('explains what is wrong with %s', (text) => {
  expect(() => lineRanges(text)).toThrow('intervalle de lignes');
});
