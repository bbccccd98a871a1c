import { shellWords } from './shell-words.ts';
import { splitOutsideQuotes } from './split-commands.ts';

const BUILTIN = [
  '[',
  '[[',
  'test',
  'exit',
  'cd',
  'set',
  'export',
  'true',
  'false',
  ':',
  '.',
  'source',
  'exec',
  'command',
  'if',
  'then',
  'else',
  'fi',
  '!',
  'echo',
  'printf',
  'kill',
  'read',
  'trap',
  'eval',
  'return',
  'wait',
  'while',
  'for',
  'do',
  'done',
  'case',
  'esac',
  'in',
  '{',
  '}',
];

/** The programs that a shell's command calls, its own words left out. */
export function commandTools(command: string): string[] {
  const steps = splitOutsideQuotes(command, ['&&', '||', ';', '|', '\n']);
  const words = steps.map((step) => shellWords(step).filter((word) => !/^\w+=/.test(word) && word !== '!'));
  return [...new Set(words.map(([first = '']) => first).filter((word) => /^[\w./-]+$/.test(word) && !BUILTIN.includes(word)))];
}
