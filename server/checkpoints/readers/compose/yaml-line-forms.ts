/** A line that mixes up the forms of YAML: items of a list among keys, or a key that its value is not told apart from. */
export interface LineForm {
  readonly kind: 'mixed-list' | 'equals' | 'colon-stuck' | 'reserved';
  readonly line: number;
  /** The block's name, the key, or the character. */
  readonly message: string;
}

/** The form that explains the parser's message for a line. Lines are counted from 1. */
export function lineFormOf(lines: readonly string[], line: number, message: string): LineForm | null {
  const reserved = /cannot start with .* character (\S)/.exec(message)?.[1];
  if (reserved) return { kind: 'reserved', line, message: reserved };
  if (!/implicit|same column/i.test(message)) return null;
  for (const at of [line, line + 1]) {
    const found = mixedList(lines, at) ?? stuckKey(lines, at);
    if (found) return found;
  }
  return null;
}

/** One of two neighbours at the same column has a dash, the other has none. */
function mixedList(lines: readonly string[], at: number): LineForm | null {
  const text = lines[at - 1] ?? '';
  if (isBlank(text)) return null;
  const column = text.search(/\S/);
  const before = lines.slice(0, at - 1).findLast((one) => !isBlank(one) && one.search(/\S/) <= column) ?? '';
  const isSibling = before.search(/\S/) === column;
  const opensList = /:\s*(#.*)?$/.test(before) && !isItem(before);
  if (!isSibling || opensList || isItem(before) === isItem(text)) return null;
  const owner = lines.slice(0, at - 1).findLast((one) => !isBlank(one) && one.search(/\S/) < column) ?? '';
  return { kind: 'mixed-list', line: at, message: /^\s*([\w.-]+):/.exec(owner)?.[1] ?? '' };
}

/** `KEY=value` or `KEY:value` among keys. */
function stuckKey(lines: readonly string[], at: number): LineForm | null {
  const [, key, sign] = /^\s*([A-Za-z_][\w.-]*)([=:])\S/.exec(lines[at - 1] ?? '') ?? [];
  if (key === undefined) return null;
  return { kind: sign === '=' ? 'equals' : 'colon-stuck', line: at, message: key };
}

function isItem(line: string): boolean {
  return /^\s*-(\s|$)/.test(line);
}

function isBlank(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}
