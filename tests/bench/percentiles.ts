import type { Figures } from './definitions.ts';

/** In milliseconds, to a tenth. */
export function percentiles(times: readonly number[], shares: readonly number[]): Figures {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return Object.fromEntries([
    ...shares.map((share) => [`p${Math.round(share * 100)}`, tenths(at(share))]),
    ['max', tenths(sorted.at(-1) ?? Number.NaN)],
    ['count', sorted.length],
  ]);
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
