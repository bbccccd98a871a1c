import { isMap, isScalar, parseDocument } from 'yaml';
import type { Project } from '../../../projects/project.ts';
import { dropsOf, without } from './drop-lines.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { runsAlike } from './runs-alike.ts';
import { type MutantKind, spotsOf } from './spots.ts';

/** A solution with one thing changed in one file. */
export interface Mutant {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly kind: MutantKind;
  /** The lines that differ, as they were and as they are; nothing in `after` where they went. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly content: string;
}

/** All mutants of the files, in the order of file, line and column; two that read the same are one, and one that reads like the solution is none. */
export function listMutants(project: Project, files: readonly string[]): Mutant[] {
  const names = [...project].flatMap(([path, entry]) =>
    entry.kind === 'file' && fileKind(path) === 'compose' ? namesIn(entry.content.toString('utf8')) : [],
  );
  return [...files].sort().flatMap((file) => {
    const entry = project.get(file);
    return entry?.kind === 'file' ? mutantsOf(file, entry.content.toString('utf8'), [...new Set(names)]) : [];
  });
}

function mutantsOf(file: string, text: string, names: readonly string[]): Mutant[] {
  const kind = fileKind(file);
  const lines = text.split('\n');
  const drops = new Map(dropsOf(lines, kind).map((drop) => [drop.from, drop]));
  const quoted = textLines(lines, kind);
  const seen = new Set([text]);
  return lines
    .flatMap((line, index): Mutant[] => {
      if (quoted.has(index)) return [];
      const drop = drops.get(index);
      const base = { file, line: index + 1 };
      const dropped = drop && {
        ...base,
        kind: 'line' as const,
        before: lines.slice(index, drop.to),
        after: [],
        content: without(lines, drop, kind),
      };
      const swapped = spotsOf(line, kind, names).map(({ at, length, instead, kind: of }) => {
        const now = line.slice(0, at) + instead + line.slice(at + length);
        return { ...base, kind: of, before: [line], after: [now], content: lines.with(index, now).join('\n') };
      });
      return dropped ? [dropped, ...swapped] : swapped;
    })
    .filter(({ content }) => !seen.has(content) && seen.add(content) && !runsAlike(file, text, content));
}

/** The names of services, volumes and networks. */
function namesIn(compose: string): string[] {
  const { contents } = parseDocument(compose);
  const keysOf = (node: unknown) => (isMap(node) ? node.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : []);
  return isMap(contents) ? ['services', 'volumes', 'networks'].flatMap((key) => keysOf(contents.get(key))) : [];
}

/** The lines of Python's docstrings, of which nothing runs. */
function textLines(lines: readonly string[], kind: FileKind): ReadonlySet<number> {
  const inside = new Set<number>();
  if (kind !== 'python') return inside;
  let open = false;
  lines.forEach((line, index) => {
    const begins = open || /^\s*[rR]?("""|''')/.test(line);
    if (!begins) return;
    inside.add(index);
    const marks = line.match(/"""|'''/g)?.length ?? 0;
    if (marks % 2 === 1) open = !open;
  });
  return inside;
}
