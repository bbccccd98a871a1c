import { expect, test } from 'vitest';
import { duration } from '../../../../src/lib/duration.ts';

test.each([
  [20, '20\u00a0min'],
  [60, '1\u00a0h'],
  [90, '1\u00a0h\u00a030'],
  [125, '2\u00a0h\u00a005'],
])('%i minutes', (minutes, words) => {
  expect(duration(minutes)).toBe(words);
});
