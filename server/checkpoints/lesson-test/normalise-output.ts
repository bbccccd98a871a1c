const ESCAPE = String.fromCodePoint(27);
/** Control sequences: colours, cursor movements. */
const CONTROLS = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]`, 'g');

/** Compose's progress before the command's own output, and its message about a container's end, which it does not always print. */
const PROGRESS = /^ *(?:\[\+\]|✔|Container|Network|Volume) .*$|^\S+-\d+ exited with code \d+$/;

/** What differs between runs, and the word that replaces it. The order matters: the longest patterns come first. */
const VARIES: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?/g, '<time>'],
  [/\b\d{4}-\d\d-\d\d\b/g, '<date>'],
  [/\bLess than a second(?: ago)?/g, '<duration>'],
  [/\b(?:About )?(?:an?|\d+) (?:second|minute|hour)s?(?: ago)?\b/g, '<duration>'],
  [/\b(?:\d+m)?\d+(?:[.,]\d+)?s\b/g, '<duration>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])(?:[0-9a-f]{64}|[0-9a-f]{12})\b/g, '<id>'],
  [/\b\d+(?:\.\d+)? ?(?:[kMG]i?)?B\b/g, '<size>'],
  [/\b\d+(?:\.\d+)?%/g, '<percent>'],
  [/\b(?!127\.)(?:\d{1,3}\.){3}\d{1,3}\b/g, '<address>'],
  [/\bPostgreSQL \d+\.\d+.*/g, 'PostgreSQL <version>'],
  [/(?<![.\d])\d+\.\d+\.\d+(?!\.\d)(?:[+-]\w+)*\b/g, '<version>'],
  [/(".*) [a-z]+_[a-z]+\d?$/, '$1 <name>'],
  [/ {2,}|\t/g, ' '],
  [/-{3,}/g, '---'],
];

/** A command's output without what differs between two correct runs: times, durations, ids, sizes, versions, column widths. */
export function normaliseOutput(output: string): string {
  return output
    .replace(CONTROLS, '')
    .split(/\r?\n/)
    .filter((line) => !PROGRESS.test(line))
    .map((line) => VARIES.reduce((text, [shape, word]) => text.replace(shape, word), line).trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Whether a run agrees with the recorded output. A line with only `…` in the recording matches any lines. */
export function agrees(recorded: string, run: string): boolean {
  const pieces = normaliseOutput(recorded)
    .split(/^…$/m)
    .map((piece) => piece.replace(/^\n|\n$/g, ''));
  const pattern = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(?:[^]*)');
  return new RegExp(`^${pattern}$`).test(normaliseOutput(run));
}
