import type { Figure, Target } from './definitions.ts';

/** Figures `p50` and so on of `name`, in milliseconds, rounded to a tenth. `target` applies to all of them. */
export function percentiles(name: string, times: readonly number[], shares: readonly number[], target?: Target): Figure[] {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return shares.map((share) => ({ name: `${name}, p${Math.round(share * 100)}`, value: tenths(at(share)), unit: 'ms', target }));
}

/** The ratio of each figure named after `first` to the figure with the same name after `second`. */
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
