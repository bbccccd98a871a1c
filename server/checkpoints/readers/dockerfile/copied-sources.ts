import { shellWords } from '../shell/shell-words.ts';
import type { Instruction } from './model.ts';

/** Sources that only the build can check: patterns, variables, URLs. */
const OPEN = /[*?[\]$\\]|^\w+:\/\/|^git@/;

/** The sources of a COPY or ADD that are plain paths of the project, as written. */
export function copiedSources({ keyword, text, json, flags, heredoc }: Instruction): readonly string[] {
  if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.has('from') || heredoc) return [];
  return (json ?? shellWords(text)).slice(0, -1).filter((source) => !OPEN.test(source));
}

/** The destination of a COPY or ADD, as written. */
export function copyTarget({ text, json }: Pick<Instruction, 'text' | 'json'>): string {
  return (json ?? shellWords(text)).at(-1) ?? '';
}

/** A source relative to the project's root: `/src`, `./src/` and `src` are the same. Empty for the root. */
export function plainSource(source: string): string {
  const steps: string[] = [];
  for (const step of source.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
