import type { Document, LineCounter } from 'yaml';
import type { YamlAnchors } from './yaml-anchors.ts';
import { type LineForm, lineFormOf } from './yaml-line-forms.ts';

export interface YamlProblem {
  readonly kind:
    | 'indentation'
    | 'tab'
    | 'duplicate'
    | 'anchor-loop'
    | 'anchor-unknown'
    | 'too-deep'
    | 'unclosed'
    | 'syntax'
    | LineForm['kind'];
  readonly line: number;
  /** The parser's message, the name of the anchor or of the key, or the character. */
  readonly message: string;
}

/** The parser's message for an unclosed bracket or quote. */
const UNCLOSED = /^(?:Flow \w+ in block collection must be .* end with a |Missing closing )([\]}"'])/;

interface Parsed {
  readonly source: string;
  readonly document: Document.Parsed;
  readonly anchors: YamlAnchors;
  readonly counter: LineCounter;
}

/** The first YAML error. */
export function problemOf({ source, document, anchors, counter }: Parsed): YamlProblem | null {
  const error = document.errors[0];
  if (!error) {
    const bad = anchors.bad();
    return bad && { kind: bad.kind, line: counter.linePos(bad.alias.range?.[0] ?? 0).line, message: bad.alias.source };
  }
  const line = counter.linePos(error.pos[0]).line;
  const lines = source.split(/\r?\n/);
  const message = error.message.split(/ at line \d/)[0] ?? '';
  const misplaced = [line, line + 1].find((at) => isMisplaced(lines, at));
  if (error.code === 'RESOURCE_EXHAUSTION') return { kind: 'too-deep', line, message };
  const sign = UNCLOSED.exec(message)?.[1];
  if (sign) return { kind: 'unclosed', line: openedAt(lines.slice(0, line), sign) ?? line, message: sign };
  if (error.code === 'TAB_AS_INDENT' || /^ *\t/.test(lines[line - 1] ?? '')) return { kind: 'tab', line, message };
  if (error.code === 'DUPLICATE_KEY') return { kind: 'duplicate', line, message };
  const form = lineFormOf(lines, line, message);
  if (form) return form;
  if (misplaced) return { kind: 'indentation', line: misplaced, message };
  return { kind: error.code === 'BAD_INDENT' ? 'indentation' : 'syntax', line, message };
}

/** The line with the opening bracket or quote. The parser reports where it should have been closed, or the end of the file. */
function openedAt(lines: readonly string[], sign: string): number | null {
  const count = (line: string, one: string) => line.split(one).length - 1;
  const opens = (line: string): boolean => {
    if (/^\s*#/.test(line)) return false;
    if (sign === ']') return count(line, '[') > count(line, ']');
    if (sign === '}') return count(line, '{') > count(line, '}');
    return count(line, sign) % 2 === 1 && new RegExp(`(^|[\\s:,[{])${sign}`).test(line);
  };
  const quoted = sign === '"' || sign === "'";
  const at = quoted ? lines.findIndex(opens) : lines.findLastIndex(opens);
  return at < 0 ? null : at + 1;
}

/** Whether a line has an indentation that no line above it has, or is indented under a key that already has a value. */
function isMisplaced(lines: readonly string[], at: number): boolean {
  const open: number[] = [];
  let before = '';
  for (const [index, line] of lines.slice(0, at).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const column = line.search(/\S/);
    const deepest = open.at(-1) ?? -1;
    while ((open.at(-1) ?? -1) > column) open.pop();
    const isLast = index === at - 1;
    if (isLast && column < deepest && open.at(-1) !== column) return true;
    if (isLast && column > deepest && /^\s*(- )?[\w.-]+:\s+[^\s#|>&*]/.test(before)) return true;
    if (open.at(-1) !== column) open.push(column);
    before = line;
  }
  return false;
}
