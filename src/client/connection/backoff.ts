const FIRST_MS = 500;
const LAST_MS = 10_000;

/** How long to wait before the nth try in a row, from 0: doubled each time, up to ten seconds, never quite the same for all. */
export function backoff(tries: number, random: () => number = Math.random): number {
  const full = Math.min(LAST_MS, FIRST_MS * 2 ** tries);
  return Math.round(full * (0.75 + 0.25 * random()));
}
