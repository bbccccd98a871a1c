import { TREE_ENTRIES } from '../../../../contract/files.ts';
import type { LabView } from '../../definitions.ts';
import { shellWords } from '../shell/shell-words.ts';
import type { Instruction } from './model.ts';

export interface MissingSource {
  readonly instruction: Instruction;
  /** As it is written. */
  readonly source: string;
}

/** What only the build can tell: patterns, variables, addresses. */
const OPEN = /[*?[\]$\\]|^\w+:\/\/|^git@/;

/** The first `COPY` or `ADD` of a file that the project does not hold: the build stops there. Null where there is none, or where it cannot be told. */
export async function missingSource(view: LabView, instructions: readonly Instruction[]): Promise<MissingSource | null> {
  const entries = await view.entries();
  if (entries.length >= TREE_ENTRIES) return null;
  const paths = new Set(entries.flatMap(({ path }) => [path, ...foldersOf(path)]));
  const links = entries.filter(({ kind }) => kind === 'link').map(({ path }) => path);
  const isThere = (path: string) => paths.has(path) || foldersOf(path).some((folder) => links.includes(folder));
  for (const instruction of instructions) {
    const source = sourcesOf(instruction).find((one) => !isThere(plain(one)));
    if (source !== undefined) return { instruction, source };
  }
  return null;
}

function sourcesOf({ keyword, text, json, flags, heredoc }: Instruction): readonly string[] {
  if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.has('from') || heredoc) return [];
  return (json ?? shellWords(text)).slice(0, -1).filter((source) => !OPEN.test(source) && plain(source) !== '');
}

/** Sources are read from the project's root, whatever comes before: `/src`, `./src/` and `src` are one. */
function plain(source: string): string {
  const steps: string[] = [];
  for (const step of source.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** `a` and `a/b` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const steps = path.split('/');
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('/'));
}
