import { posix } from 'node:path';
import { shellWords } from './shell-words.ts';
import { splitOutsideQuotes } from './split-commands.ts';

/** What a command runs, as far as its words tell. */
export type Step =
  /** A file that Python runs, as written. */
  | { readonly kind: 'python'; readonly file: string }
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'code'; readonly code: string }
  /** The text of `sh -c`, and the arguments that follow it. */
  | { readonly kind: 'shell'; readonly text: string; readonly args: readonly string[] }
  /** A script that a shell reads. */
  | { readonly kind: 'script'; readonly file: string; readonly args: readonly string[] }
  | { readonly kind: 'folder'; readonly folder: string }
  /** The arguments that a script was given: `"$@"`. */
  | { readonly kind: 'arguments' }
  | { readonly kind: 'program'; readonly name: string; readonly args: readonly string[] };

const PYTHON = /^(pypy|python)[\d.]*$/;
const SHELL = /^(ba|da|a|z|k)?sh$/;
/** Words before the program that it does not see. */
const BEFORE = /^(if|then|else|elif|do|while|until|!|\{|\(|time|exec|command|builtin|nohup|env|\w+=.*)$/s;
const ARGUMENTS = /^\$(@|\*|\{[@*]\})$/;
/** Programs that print, read or prepare, and run nothing of what they are given. */
const RUNS_NOTHING =
  /^(echo|printf|cat|ls|head|tail|less|more|test|\[|\[\[|grep|sed|awk|cp|mv|rm|ln|touch|chmod|chown|mkdir|stat|file|wc|sleep|true|false|:|which|type|find|pip[\d.]*|apt-get|export|set|unset|trap|read|exit|return|wait|kill|date|ruff|mypy|pytest|black|flake8|pylint|bandit)$/;

/** What the words of one command run. A program that only starts another one (`tini --`, `gosu etl`) is passed over. */
export function readStep(all: readonly string[]): Step {
  const words = all.slice(
    Math.max(
      0,
      all.findIndex((word) => !BEFORE.test(word)),
    ),
  );
  const [first = '', ...rest] = words;
  const name = posix.basename(first);
  if (ARGUMENTS.test(first)) return { kind: 'arguments' };
  if (first === '$0' && ARGUMENTS.test(rest[0] ?? '')) return { kind: 'arguments' };
  if (PYTHON.test(name)) return readPython(rest) ?? { kind: 'program', name: first, args: rest };
  if (SHELL.test(name)) return readShell(rest) ?? { kind: 'program', name: first, args: rest };
  if ((first === '.' || first === 'source') && rest[0] !== undefined) return { kind: 'script', file: rest[0], args: rest.slice(1) };
  if (first === 'cd' && rest[0] !== undefined) return { kind: 'folder', folder: rest[0] };
  return { kind: 'program', name: first, args: rest };
}

/** The command that a program starts in its own place, or null. `wait-for-it.sh db:5432 -- python …`, `gosu etl python …`. */
export function startedBy({ name, args }: Extract<Step, { kind: 'program' }>): readonly string[] | null {
  if (RUNS_NOTHING.test(posix.basename(name))) return null;
  const dashes = args.indexOf('--');
  if (dashes >= 0) return args.slice(dashes + 1);
  const at = args.findIndex((word) => {
    const base = posix.basename(word);
    return PYTHON.test(base) || SHELL.test(base) || /\.(py|sh)$/.test(base) || ARGUMENTS.test(word);
  });
  return at < 0 ? null : args.slice(at);
}

/** Whether a command only prints or prepares something. */
export function runsNothing(words: readonly string[]): boolean {
  const step = readStep(words);
  return step.kind === 'program' && RUNS_NOTHING.test(posix.basename(step.name));
}

/** The commands of a shell text, in words. Comments and continued lines are resolved; loops and conditions are read as their commands. */
export function shellCommands(text: string): string[][] {
  const plain = text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .join('\n');
  return splitOutsideQuotes(plain, ['&&', '||', ';', '|', '\n'])
    .map((command) => shellWords(command.replace(/^[$(`\s]+/, (open) => (/[(`]/.test(open) ? '' : open))))
    .filter((words) => words.length > 0);
}

function readPython(words: readonly string[]): Step | null {
  for (const [at, word] of words.entries()) {
    const next = words[at + 1] ?? '';
    const previous = words[at - 1] ?? '';
    if (/^-[A-Za-z]*c$/.test(word)) return { kind: 'code', code: next };
    if (/^-[A-Za-z]*m$/.test(word)) return { kind: 'module', module: next };
    if (/^-m\w/.test(word)) return { kind: 'module', module: word.slice(2) };
    if (/^(-V|-h|--version|--help)$/.test(word)) return null;
    if (!word.startsWith('-') && !/^-[XW]$/.test(previous)) return { kind: 'python', file: word };
  }
  return null;
}

function readShell(words: readonly string[]): Step | null {
  let isText = false;
  for (const [at, word] of words.entries()) {
    if (/^[-+]/.test(word)) isText ||= /^-[a-z]*c[a-z]*$/.test(word);
    else if (!/^[-+][a-z]*o$/.test(words[at - 1] ?? '')) {
      const args = words.slice(at + 1);
      return isText ? { kind: 'shell', text: word, args } : { kind: 'script', file: word, args };
    }
  }
  return null;
}
