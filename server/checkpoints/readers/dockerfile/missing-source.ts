import { TREE_ENTRIES } from '../../../../contract/files.ts';
import type { LabView } from '../../definitions.ts';
import { copiedSources, plainSource } from './copied-sources.ts';
import { type IgnoreRule, ignoredBy, ignoreRules } from './ignore-rules.ts';
import type { Instruction } from './model.ts';

export interface MissingSource {
  readonly instruction: Instruction;
  /** As it is written. */
  readonly source: string;
  /** The rule that hides it. Null if the project does not have it. */
  readonly hidden: IgnoreRule | null;
}

/** The first `COPY` or `ADD` of what the build does not see, where it will stop. Null if there is none, or if it cannot be told. */
export async function missingSource(view: LabView, instructions: readonly Instruction[]): Promise<MissingSource | null> {
  const entries = await view.entries();
  if (entries.length >= TREE_ENTRIES) return null;
  const rules = await ignoreRules(view);
  const paths = new Set(entries.flatMap(({ path }) => [path, ...foldersOf(path)]));
  const links = entries.filter(({ kind }) => kind === 'link').map(({ path }) => path);
  const isThere = (path: string) => paths.has(path) || foldersOf(path).some((folder) => links.includes(folder));
  const hiding = (path: string) => {
    const inside = [...paths].filter((one) => one.startsWith(`${path}/`));
    return inside.some((one) => ignoredBy(rules, one) === null) ? null : ignoredBy(rules, path);
  };
  for (const instruction of instructions) {
    for (const source of copiedSources(instruction)) {
      const path = plainSource(source);
      const hidden = path === '' ? null : hiding(path);
      if (path !== '' && (hidden !== null || !isThere(path))) return { instruction, source, hidden: isThere(path) ? hidden : null };
    }
  }
  return null;
}

/** `a` and `a/b` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const steps = path.split('/');
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('/'));
}
