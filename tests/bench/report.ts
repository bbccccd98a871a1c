import type { Figure } from './definitions.ts';

/** The result of one metric. */
export interface Measured {
  readonly tookS: number;
  readonly figures: readonly Figure[];
  /** Why there are no figures. */
  readonly error?: string;
}

/** One line per figure: name, value, target. */
export function table(measured: Readonly<Record<string, Measured>>): string {
  const rows = Object.entries(measured).flatMap(([metric, { tookS, figures, error }]) => [
    ...figures.map((figure) => [metric, figure.name, figure.value === null ? '–' : String(figure.value), figure.unit, ...judged(figure)]),
    ...(error === undefined ? [] : [[metric, `not measured: ${error}`, '–', '', '', '']]),
    [metric, '(took)', String(tookS), 's', '', ''],
  ]);
  const all = [['metric', 'figure', 'value', 'unit', 'target', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.min(70, Math.max(...all.map((row) => row[column]?.length ?? 0))));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function judged({ value, target, reason }: Figure): [string, string] {
  const said = reason ?? '';
  if (target === undefined) return ['', said];
  const text = 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
  if (value === null) return [text, said];
  const met = 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
  return [text, met ? 'met' : 'MISSED'];
}
