import type { Mutant } from './list-mutants.ts';

/** A change on one line: `Dockerfile:25: - USER etl + USER etlx`. */
export function sayMutant({ file, line, before, after }: Pick<Mutant, 'file' | 'line' | 'before' | 'after'>): string {
  const [first = ''] = before;
  const more = before.length > 1 ? ` (et ${before.length - 1} de plus)` : '';
  const now = after.map((text) => ` + ${text.trim()}`).join('');
  return `${file}:${line}: - ${first.trim()}${more}${now}`;
}
