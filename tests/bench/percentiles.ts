import type { Figure, Target } from './definitions.ts';

/** Milliseconds, to a tenth: `p50` and so on of `name`; the target is that of all shares. */
export function percentiles(name: string, times: readonly number[], shares: readonly number[], target?: Target): Figure[] {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return shares.map((share) => ({ name: `${name}, p${Math.round(share * 100)}`, value: tenths(at(share)), unit: 'ms', target }));
}

/** How many times as much the first takes as the second, of figures that have the same names after these. */
export function ratios(figures: readonly Figure[], first: string, second: string): Figure[] {
  return figures.flatMap(({ name, value }) => {
    if (!name.startsWith(`${first}, `) || value === null) return [];
    const rest = name.slice(first.length);
    const other = figures.find((figure) => figure.name === `${second}${rest}`)?.value;
    return other ? [{ name: `${first} / ${second}${rest}`, value: Math.round((value / other) * 100) / 100, unit: 'times' as const }] : [];
  });
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
