/** A matched range of a text; the end is exclusive. */
export type Stretch = readonly [from: number, to: number];

export interface Match {
  /** Higher is better. */
  readonly score: number;
  readonly found: readonly Stretch[];
}

/** Folds a text for comparison: no accents, lower case, same length as the original. */
export function fold(text: string): string {
  return [...text].map((letter) => letter.normalize('NFD').charAt(0).toLowerCase().padEnd(letter.length)).join('');
}

/** Matches if every word of the query is in the text, exactly or nearly. `also`: synonyms. */
export function match(query: string, text: string, also = ''): Match | undefined {
  const words = fold(query)
    .split(/[\s\u00a0\u202f]+/)
    .filter((word) => word !== '');
  const folded = fold(text);
  const others = fold(also);
  let score = 0;
  const found: Stretch[] = [];
  for (const word of words) {
    const here = matchWord(word, folded);
    // A match in the synonyms only scores lower than any match in the visible text.
    const there = here === undefined && wordStart(word, others) >= 0 ? 1 : 0;
    if (here === undefined && there === 0) return undefined;
    score += here?.score ?? there;
    found.push(...(here?.found ?? []));
  }
  return { score, found: found.sort((a, b) => a[0] - b[0]) };
}

function matchWord(word: string, text: string): Match | undefined {
  const start = wordStart(word, text);
  if (start >= 0) return { score: 8 - Math.min(3, start / 20), found: [[start, start + word.length]] };
  const inside = text.indexOf(word);
  if (inside >= 0 && word.length > 1) return { score: 4, found: [[inside, inside + word.length]] };
  return word.length > 2 ? scattered(word, text) : undefined;
}

function wordStart(word: string, text: string, from = 0): number {
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || /[^\p{L}\d]/u.test(text.charAt(at - 1))) return at;
  }
  return -1;
}

/** Matches letters in order and close together, from the start of a word: `nvterm` finds « nouveau terminal ». */
function scattered(word: string, text: string): Match | undefined {
  for (let start = wordStart(word.charAt(0), text); start >= 0; start = wordStart(word.charAt(0), text, start + 1)) {
    const found = inOrder(word, text, start);
    if (found !== undefined && found.length <= word.length / 1.5) return { score: 2, found };
  }
  return undefined;
}

function inOrder(word: string, text: string, start: number): Stretch[] | undefined {
  const found: Stretch[] = [];
  let at = start - 1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0 || at - start >= word.length * 4) return undefined;
    const last = found.at(-1);
    if (last?.[1] === at) found[found.length - 1] = [last[0], at + 1];
    else found.push([at, at + 1]);
  }
  return found;
}
