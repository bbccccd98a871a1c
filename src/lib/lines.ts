export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Parses `"12-18,21"` into ranges of line numbers, from 1. */
export function lineRanges(text: string): LineRange[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(\d+)(?:-(\d+))?$/.exec(part);
      if (!match?.[1]) throw new Error(`« ${part} » n’est pas un intervalle de lignes : écrivez par exemple 12-18.`);
      const from = Number(match[1]);
      const to = Number(match[2] ?? match[1]);
      if (from < 1 || to < from) throw new Error(`« ${part} » n’est pas un intervalle de lignes : la première doit précéder la dernière.`);
      return { from, to };
    });
}

export function inRanges(line: number, ranges: readonly LineRange[]): boolean {
  return ranges.some(({ from, to }) => line >= from && line <= to);
}
