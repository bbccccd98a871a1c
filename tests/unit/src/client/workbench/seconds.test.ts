import { expect, test } from 'vitest';
import { bytes, seconds } from '../../../../../src/client/workbench/seconds.ts';

test.each([
  [430, '0,4\u00a0s'],
  [9949, '9,9\u00a0s'],
  [9950, '10\u00a0s'],
  [59_700, '1\u00a0min\u00a000'],
  [125_000, '2\u00a0min\u00a005'],
])('%i ms', (ms, words) => {
  expect(seconds(ms)).toBe(words);
});

test.each([
  [412 * 2 ** 20, '412\u00a0Mo'],
  [5.9 * 2 ** 30, '5,9\u00a0Go'],
  [6 * 2 ** 30, '6\u00a0Go'],
  [17.3 * 2 ** 30, '17\u00a0Go'],
])('%i bytes', (count, words) => {
  expect(bytes(count)).toBe(words);
});
