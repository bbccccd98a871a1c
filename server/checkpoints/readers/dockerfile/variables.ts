import { shellWords } from '../shell/shell-words.ts';
import type { Instruction } from './model.ts';

/** The variables that an ARG, ENV or LABEL sets, in order; an ARG without default is left out. */
export function variablesOf(instruction: Instruction): readonly (readonly [string, string])[] {
  if (!['ARG', 'ENV', 'LABEL'].includes(instruction.keyword)) return [];
  const words = shellWords(instruction.text);
  const first = words[0];
  if (instruction.keyword === 'ENV' && first !== undefined && !first.includes('=')) {
    return [[first, instruction.text.slice(first.length).trim()]]; // the old form, « ENV NAME value »
  }
  return words.filter((word) => word.includes('=')).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
}

/** Puts known variables in, `$NAME`, `${NAME}` and `${NAME:-default}`; the unknown ones stay as they are. */
export function substitute(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([^}]*))?\})/g,
    (all, plain: string | undefined, braced: string | undefined, fallback: string | undefined) =>
      variables.get(plain ?? braced ?? '') ?? fallback ?? all,
  );
}
