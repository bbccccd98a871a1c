import { inRanges, lineRanges } from './lines.ts';

/** A stretch of a file: either shown, or to be written by the learner. */
export interface Stretch {
  readonly gap: boolean;
  /** The number of its first line in the whole file. */
  readonly from: number;
  readonly lines: readonly string[];
}

/** Cuts a file, or the `shown` lines of it, into the stretches that are given and those that the learner writes. */
export function gappedFile(file: string, code: string, gap: string, shown?: string): Stretch[] {
  const all = code.replace(/\n$/, '').split('\n');
  const gaps = lineRanges(gap);
  const visible = shown === undefined ? [{ from: 1, to: all.length }] : lineRanges(shown);
  const outside = [...gaps, ...visible].find(({ to }) => to > all.length);
  if (outside) throw new Error(`${file} n’a que ${all.length} lignes : la ligne ${outside.to} n’existe pas.`);
  const hidden = gaps.find(({ from, to }) => !inRanges(from, visible) || !inRanges(to, visible));
  if (hidden) throw new Error(`${file} : les lignes à écrire (${hidden.from}-${hidden.to}) ne sont pas parmi celles que l’on montre.`);
  const stretches: { gap: boolean; from: number; lines: string[] }[] = [];
  for (const { from, to } of visible) {
    for (let number = from; number <= to; number += 1) {
      const inGap = inRanges(number, gaps);
      const last = stretches.at(-1);
      if (last?.gap === inGap && last.from + last.lines.length === number) last.lines.push(all[number - 1] ?? '');
      else stretches.push({ gap: inGap, from: number, lines: [all[number - 1] ?? ''] });
    }
  }
  return stretches;
}

/** The text to copy: each gap is one comment, indented like the lines that belong there. All files of the course comment with `#`. */
export function withComments(stretches: readonly Stretch[], todo: string): string {
  return stretches.flatMap(({ gap, lines }) => (gap ? [`${indentOf(lines)}# ${todo}`] : lines)).join('\n');
}

/** The smallest indentation among the lines that are not empty. */
export function indentOf(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0] ?? '');
  return indents.reduce((least, indent) => (indent.length < least.length ? indent : least), indents[0] ?? '');
}
