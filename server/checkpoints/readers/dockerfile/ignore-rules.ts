import type { LabView } from '../../definitions.ts';

/** One line of a `.dockerignore`. */
export interface IgnoreRule {
  readonly file: string;
  readonly line: number;
  /** As written. */
  readonly text: string;
  readonly keeps: boolean;
  readonly matches: (path: string) => boolean;
}

/** BuildKit prefers the first one. */
const FILES = ['Dockerfile.dockerignore', '.dockerignore'];

/** The rules that apply to the build of the project's Dockerfile. */
export async function ignoreRules(view: LabView): Promise<readonly IgnoreRule[]> {
  const names = await view.rootNames();
  const file = FILES.find((name) => names.includes(name));
  return file === undefined ? [] : parseIgnore((await view.file(file)) ?? '', file);
}

export function parseIgnore(source: string, file = '.dockerignore'): IgnoreRule[] {
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((raw, index) => {
    const text = raw.trim();
    const keeps = text.startsWith('!');
    const pattern = cleaned(keeps ? text.slice(1).trim() : text);
    if (raw.startsWith('#') || pattern === '') return [];
    const expression = toExpression(pattern);
    return [{ file, line: index + 1, text, keeps, matches: (path) => expression.test(path) }];
  });
}

/** The rule that keeps a path of the project out of the build. Null if the build sees it. */
export function ignoredBy(rules: readonly IgnoreRule[], path: string): IgnoreRule | null {
  const last = rules.findLast(({ matches }) => matches(path));
  return last === undefined || last.keeps ? null : last;
}

/** Relative to the project's root, without `.` and `..`, like Docker's own reading. */
function cleaned(pattern: string): string {
  const steps: string[] = [];
  for (const step of pattern.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** A rule for a folder holds for all that it contains. `*` stops at a slash, `**` does not. */
function toExpression(pattern: string): RegExp {
  const expression = pattern.replace(/\*\*\/?|\*|\?|\\.|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length === 2 ? `\\${part.slice(1)}` : `\\${part}`;
  });
  return new RegExp(`^${expression}(?:/|$)`);
}
