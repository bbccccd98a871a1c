const FIRST_MS = 500;
const LAST_MS = 10_000;

/**
 * Delay before a retry, in milliseconds. `tries`: number of failures so far, from 0. Doubles each time, up to ten seconds, with random
 * jitter.
 */
export function backoff(tries: number, random: () => number = Math.random): number {
  const full = Math.min(LAST_MS, FIRST_MS * 2 ** tries);
  return Math.round(full * (0.75 + 0.25 * random()));
}
