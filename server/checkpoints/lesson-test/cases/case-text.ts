const WIDTH = 140;

/** `case.json` as it is kept: what fits on a line stands on it, as the formatter leaves it. */
export function caseText(document: object): string {
  return `${laidOut(document, 0, 0)}\n`;
}

/** `taken`: what stands on the line before and after the value. */
function laidOut(value: unknown, depth: number, taken: number): string {
  const inline = onOneLine(value);
  const isContainer = typeof value === 'object' && value !== null;
  if (!isContainer || (depth > 0 && 2 * depth + taken + inline.length <= WIDTH)) return inline;
  const pad = '  '.repeat(depth + 1);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const items = Array.isArray(value)
    ? value.map((item) => laidOut(item, depth + 1, 1))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${laidOut(item, depth + 1, key.length + 5)}`);
  return `${open}\n${items.map((item) => pad + item).join(',\n')}\n${'  '.repeat(depth)}${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return items.length === 0 ? '{}' : `{ ${items.join(', ')} }`;
}
