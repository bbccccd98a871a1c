import type { FileKind } from './file-kind.ts';

export type MutantKind = 'line' | 'value' | 'port' | 'name' | 'key';

/** A place in a line, and what stands there in the mutant. */
export interface Spot {
  readonly at: number;
  readonly length: number;
  readonly instead: string;
  readonly kind: Exclude<MutantKind, 'line'>;
}

/** Words that have an opposite, or one that says less. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['true', 'false'],
  ['True', 'False'],
  ['yes', 'no'],
  ['on', 'off'],
  ['service_healthy', 'service_started'],
  ['127.0.0.1', '0.0.0.0'],
  ['append', 'replace'],
  ['always', 'no'],
  ['unless-stopped', 'no'],
];
const WORD = new RegExp(
  `(?<![\\w.-])(?:${[...new Set(OPPOSITES.flat())].map((word) => word.replaceAll('.', '\\.')).join('|')})(?![\\w.-])`,
  'g',
);
/** A number or a version, with the unit that may follow it. */
const NUMBER = /(?<![\w.])\d+(?:\.\d+)*(?=(?:ms|s|m|h|[kKmMgG]i?[bB]?)?(?![\w.]))/g;
/** An address in digits is a word of its own. */
const ADDRESS = /^\d+(\.\d+){3}$/;
const VARIABLE = /(?<![\w-])[A-Z][A-Z\d]*_[A-Z\d_]*[A-Z\d](?![\w-])|(?<=\$\{?)[A-Z]\w*/g;
/** `key:` of YAML, `NAME=` of an environment. */
const KEYS: Partial<Record<FileKind, RegExp>> = { compose: /^\s*(?:- )?([\w.-]+)(?=:(?:\s|$))/, env: /^([A-Za-z_]\w*)(?==)/ };
/** What an instruction works on; a value of YAML that is one word. A package of another name is left alone: it would be asked of a public registry. */
const NAMES: Partial<Record<FileKind, RegExp>> = {
  dockerfile: /^(?:USER|WORKDIR|COPY|ADD)\s+(\S*\w)/,
  compose: /^\s*(?:- |(?:- )?[\w.-]+: )["']?([^\s\d"'&*{[|>$][^\s"'$]*\w)(?=["']?\s*$)/,
};
/** A text between quotes that is a name: of a file, of a column, of a program. */
const LITERAL = /(?<=["'])[\w./-]+(?=["'])/g;

/** What can be changed in one line, from left to right; nothing in a comment. `names`: of the project's services, volumes and networks. */
export function spotsOf(line: string, kind: FileKind, names: readonly string[]): Spot[] {
  const code = withoutComment(line, kind);
  const places = new Map<string, Spot>();
  for (const spot of [...wordsIn(code), ...numbersIn(code), ...longerIn(code, kind, names)]) {
    const place = `${spot.at} ${spot.length}`;
    if (!places.has(place)) places.set(place, spot);
  }
  return [...places.values()].sort((one, other) => one.at - other.at || one.length - other.length);
}

function wordsIn(code: string): Spot[] {
  return [...code.matchAll(WORD)].map(({ 0: word, index }) => {
    const pair = OPPOSITES.find((both) => both.includes(word)) ?? [word, word];
    return { at: index, length: word.length, instead: pair[0] === word ? pair[1] : pair[0], kind: 'value' };
  });
}

function numbersIn(code: string): Spot[] {
  return [...code.matchAll(NUMBER)]
    .filter(({ 0: number }) => !ADDRESS.test(number))
    .map(({ 0: number, index }) => {
      const after = code[index + number.length] ?? '';
      const besideColon = after === ':' || (code[index - 1] === ':' && /^["'\s/]?$/.test(after));
      const isPort = /^\d{2,5}$/.test(number) && (besideColon || /^EXPOSE\s/.test(code));
      return { at: index, length: number.length, instead: otherNumber(number, after), kind: isPort ? 'port' : 'value' };
    });
}

/** The next one, of a version too; ten times as much of what has a unit, where the next would hardly be felt. */
function otherNumber(number: string, after: string): string {
  const [, head = '', last = ''] = /^(.*?)(\d+)$/.exec(number) ?? [];
  return /[a-zA-Z]/.test(after) && head === '' && number !== '0' ? `${number}0` : head + (Number(last) + 1);
}

/** What would be fetched from a registry under a name that nobody chose. */
const FETCHED = /^\s*(?:- )?image:|^FROM\s/;

/** A name with one letter more is the name of nothing. */
function longerIn(code: string, kind: FileKind, names: readonly string[]): Spot[] {
  const longer = (at: number, word: string, of: 'name' | 'key'): Spot => ({
    at,
    length: word.length,
    instead: `${word}${/^[A-Z\d_]+$/.test(word) ? 'X' : 'x'}`,
    kind: of,
  });
  const first = (shapes: Partial<Record<FileKind, RegExp>>, of: 'name' | 'key') => {
    const match = shapes[kind === 'yaml' ? 'compose' : kind]?.exec(code);
    const word = match?.[1];
    return match && word && !/^[\d.]+$/.test(word) ? [longer(match.index + match[0].lastIndexOf(word), word, of)] : [];
  };
  const named = kind === 'compose' ? names.flatMap((name) => [...code.matchAll(wholeWord(name))]) : [];
  const literals =
    kind === 'python' || kind === 'dockerfile' ? [...code.matchAll(LITERAL)].filter(({ 0: text }) => !/^[\d.]+$/.test(text)) : [];
  const all = [...code.matchAll(VARIABLE), ...named, ...literals];
  if (FETCHED.test(code)) return first(KEYS, 'key');
  return [...first(KEYS, 'key'), ...first(NAMES, 'name'), ...all.map(({ 0: word, index }) => longer(index, word, 'name'))];
}

function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${name.replaceAll('.', '\\.')}(?![\\w-])`, 'g');
}

/** Up to a comment, where the language has them at the end of a line. */
function withoutComment(line: string, kind: FileKind): string {
  if (/^\s*#/.test(line)) return '';
  return kind === 'dockerfile' ? line : (/^(?:"[^"]*"|'[^']*'|(?!\s#).)*/.exec(line)?.[0] ?? line);
}
