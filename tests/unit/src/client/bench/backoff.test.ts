import { expect, test } from 'vitest';
import { backoff } from '../../../../../src/client/bench/backoff.ts';

test('doubles up to ten seconds', () => {
  const waits = [0, 1, 2, 3, 4, 5, 50].map((tries) => backoff(tries, () => 1));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('is never longer than the full delay, nor shorter than three quarters of it', () => {
  expect(backoff(3, () => 0)).toBe(3000);
});
