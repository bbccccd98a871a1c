import { diffArrays } from 'diff';
import type { Edit } from './case-schema.ts';

/** Lines `from` (included) to `to` (not included) of a text, and the lines that stand there instead. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** The edits that make `after` of `before`, which is not empty: the lines that differ, and of their neighbours no more than it takes to find them. */
export function findEdits(file: string, before: string, after: string): Edit[] {
  const old = before.split('\n');
  for (let hunks = hunksOf(old, after.split('\n')); ; ) {
    const widened = hunks.map((hunk) => widen(hunk, old, before));
    const clash = widened.findIndex((hunk, index) => hunk.to > (widened[index + 1]?.from ?? Number.POSITIVE_INFINITY));
    const [one, other] = hunks.slice(clash, clash + 2);
    if (clash < 0 || !one || !other) return widened.map((hunk) => toEdit(file, hunk, old, before));
    const both = { from: one.from, to: other.to, lines: [...one.lines, ...old.slice(one.to, other.from), ...other.lines] };
    hunks = hunks.toSpliced(clash, 2, both);
  }
}

function hunksOf(old: readonly string[], now: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: Hunk | undefined;
  for (const { added, removed, value } of diffArrays([...old], [...now])) {
    if (added || removed) open ??= { from: at, to: at, lines: [] };
    else if (open) {
      hunks.push(open);
      open = undefined;
    }
    if (!added) at += value.length;
    if (open) open = { ...open, to: at, lines: added ? [...open.lines, ...value] : open.lines };
  }
  return open ? [...hunks, open] : hunks;
}

/** The hunk with as few of the lines around it as make it unmistakable; those before it first. */
function widen(hunk: Hunk, old: readonly string[], text: string): Hunk {
  for (let more = 0; more <= old.length; more++) {
    for (let above = more; above >= 0; above--) {
      const [from, to] = [hunk.from - above, hunk.to + more - above];
      if (from < 0 || to > old.length) continue;
      const wide = { from, to, lines: [...old.slice(from, hunk.from), ...hunk.lines, ...old.slice(hunk.to, to)] };
      if (isOnce(sought(wide, old), text)) return wide;
    }
  }
  return { from: 0, to: old.length, lines: [...old.slice(0, hunk.from), ...hunk.lines, ...old.slice(hunk.to)] };
}

/** Lines that go without others in their place take along the end of the last of them; at the end of the file there is none. */
function sought({ from, to, lines }: Hunk, old: readonly string[]): string {
  const text = old.slice(from, to).join('\n');
  if (lines.length > 0) return text;
  return to < old.length ? `${text}\n` : '';
}

function isOnce(part: string, text: string): boolean {
  const at = text.indexOf(part);
  return part !== '' && at >= 0 && text.indexOf(part, at + 1) < 0;
}

function toEdit(file: string, hunk: Hunk, old: readonly string[], text: string): Edit {
  const [replace, now] = [sought(hunk, old), hunk.lines.join('\n')];
  const indent = /^ */.exec(replace)?.[0] ?? '';
  const single = hunk.lines.length === 1 && !replace.includes('\n') && now.startsWith(indent);
  const short = replace.slice(indent.length);
  if (single && isOnce(short, text)) return { file, replace: short, with: now.slice(indent.length) };
  return { file, replace: written(replace), with: written(now) };
}

/** As it reads best: several lines as a list. */
function written(text: string): string | string[] {
  return text.slice(0, -1).includes('\n') ? text.split('\n') : text;
}
