import type { FileKind } from './file-kind.ts';

/** Lines `from` (included) to `to` (not included) that a mutant goes without. */
export interface Drop {
  readonly from: number;
  readonly to: number;
}

/** What a line takes along when it goes: what is indented under it, or continues it. Comments and empty lines are none. */
export function dropsOf(lines: readonly string[], kind: FileKind): Drop[] {
  return lines.flatMap((line, from) => {
    if (/^\s*(#|$)/.test(line)) return [];
    if (kind === 'dockerfile') return [{ from, to: endOfInstruction(lines, from) }];
    return [{ from, to: kind === 'compose' || kind === 'yaml' || kind === 'python' ? endOfBlock(lines, from, kind) : from + 1 }];
  });
}

/** A line of an instruction takes those after it that continue it only when it begins it. */
function endOfInstruction(lines: readonly string[], from: number): number {
  if (continues(lines[from - 1])) return from + 1;
  let end = from + 1;
  while (end < lines.length && continues(lines[end - 1])) end++;
  return end;
}

function continues(line: string | undefined): boolean {
  return line !== undefined && /\\\s*$/.test(line) && !/^\s*#/.test(line);
}

function endOfBlock(lines: readonly string[], from: number, kind: FileKind): number {
  const depth = indentOf(lines[from] ?? '');
  let end = from + 1;
  for (let at = end; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const inside = indentOf(line) > depth || (kind !== 'python' && isItemUnder(lines[from] ?? '', line, depth));
    const closes = kind === 'python' && indentOf(line) === depth && /^\s*[)\]}]/.test(line);
    if (!inside && !closes) break;
    end = at + 1;
  }
  return end;
}

/** A list may stand as deep as the key that holds it. */
function isItemUnder(key: string, line: string, depth: number): boolean {
  return /:\s*$/.test(key) && indentOf(line) === depth && /^\s*- /.test(line) && !/^\s*- /.test(key);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The text without the lines; a continued line that would then continue nothing ends there. */
export function without(lines: readonly string[], { from, to }: Drop, kind: FileKind): string {
  const left = lines.toSpliced(from, to - from);
  const before = left[from - 1];
  if (kind === 'dockerfile' && continues(before) && !continues(lines[to - 1])) left[from - 1] = (before ?? '').replace(/\s*\\\s*$/, '');
  return left.join('\n');
}
