/** How a block of code fits the column: its lines wrap at blanks, or it scrolls to the side because wrapping would break its columns. */
export type Fit = 'wrap' | 'scroll';

const RULE = /^\s*-[-+]{2,}\s*$/;
/** Blanks between two columns. */
const GAP = /(?<=\S) {2,}(?=\S)/g;
/** What Compose writes before each line of a service's log. */
const SERVICE = /^\S+ +\| /;

/** Tables, such as `docker ps` or psql print them, scroll: a rule of dashes, or a line with at least two wide gaps. */
export function fitOf(text: string): Fit {
  const lines = text.split('\n');
  return lines.some((line) => RULE.test(line) || (line.replace(SERVICE, '').match(GAP) ?? []).length > 1) ? 'scroll' : 'wrap';
}

/** Lengths of a line that do not fit the column: at its full width, in a narrow pane, on a phone. Held against `code.css` by a test in the browser. */
const TOO_LONG = { wide: 56, middle: 46, narrow: 36 } as const;

/** From which width of the column on the longest line is too long; undefined if it fits everywhere. */
export function tooLong(text: string): keyof typeof TOO_LONG | undefined {
  const longest = Math.max(...text.split('\n').map((line) => [...line].length));
  if (longest > TOO_LONG.wide) return 'wide';
  if (longest > TOO_LONG.middle) return 'middle';
  return longest > TOO_LONG.narrow ? 'narrow' : undefined;
}

/** The class by which a wrapped line continues below its own beginning: its indentation in steps of two, 12 at most. */
export function indentClass(line: string): string | undefined {
  const steps = Math.min(12, Math.floor((/^ */.exec(line)?.[0].length ?? 0) / 2));
  return steps === 0 ? undefined : `in-${steps}`;
}

/** The words of a command and the blanks between them. A browser would also break a line inside `--rm` or after a slash. */
export function wordsOf(command: string): string[] {
  return command.split(/( +)/).filter((part) => part !== '');
}
