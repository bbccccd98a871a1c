import type { FileKind } from './file-kind.ts';

/** Lines `from` (included) to `to` (excluded) that a mutant deletes. */
export interface Drop {
  readonly from: number;
  readonly to: number;
}

/** The possible deletions: each line with what is indented under it or continues it. Comments and empty lines are skipped. */
export function dropsOf(lines: readonly string[], kind: FileKind): Drop[] {
  return lines.flatMap((line, from) => {
    if (/^\s*(#|$)/.test(line)) return [];
    if (kind === 'dockerfile') return [{ from, to: endOfInstruction(lines, from) }];
    return [{ from, to: kind === 'compose' || kind === 'yaml' || kind === 'python' ? endOfBlock(lines, from, kind) : from + 1 }];
  });
}

/** The first line of an instruction is deleted with its continuation lines; a later one alone. */
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

/** In YAML, a list may have the same indentation as its key. */
function isItemUnder(key: string, line: string, depth: number): boolean {
  return /:\s*$/.test(key) && indentOf(line) === depth && /^\s*- /.test(line) && !/^\s*- /.test(key);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The text without these lines. If the line before them then continues nothing, its backslash is removed. */
export function without(lines: readonly string[], { from, to }: Drop, kind: FileKind): string {
  const left = lines.toSpliced(from, to - from);
  const before = left[from - 1];
  if (kind === 'dockerfile' && continues(before) && !continues(lines[to - 1])) left[from - 1] = (before ?? '').replace(/\s*\\\s*$/, '');
  return left.join('\n');
}
