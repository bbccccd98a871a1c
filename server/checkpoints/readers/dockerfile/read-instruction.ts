import type { Instruction } from './model.ts';

const FLAG = /^--([a-z-]+)(?:=(\S*))?(?:\s+|$)/;

/** One instruction from its lines; `keyword` and the lines come from the parser. */
export function readInstruction(
  keyword: string,
  lines: readonly string[],
  line: number,
  escapeChar: string,
  heredoc: boolean,
  file: string,
): Instruction {
  const joined = heredoc ? lines.join('\n') : joinLines(lines, escapeChar);
  let text = joined.trim().slice(keyword.length).trim();
  const flags = new Map<string, string>();
  for (let match = FLAG.exec(text); match; match = FLAG.exec(text)) {
    flags.set(match[1] ?? '', match[2] ?? '');
    text = text.slice(match[0].length);
  }
  const payload = keyword === 'HEALTHCHECK' ? text.replace(/^CMD\s+/i, '') : text;
  return { keyword, line, endLine: line + lines.length - 1, text, flags, json: readJson(payload), heredoc, file };
}

/** Docker drops comment lines and empty lines inside a continued instruction. */
function joinLines(lines: readonly string[], escapeChar: string): string {
  return lines
    .filter((line, index) => index === 0 || !/^\s*(#|$)/.test(line))
    .map((line) => {
      const end = line.trimEnd();
      return end.endsWith(escapeChar) ? end.slice(0, -1) : line;
    })
    .join('');
}

function readJson(text: string): readonly string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
  } catch {
    return null; // Docker also treats an invalid list as the shell form.
  }
}
