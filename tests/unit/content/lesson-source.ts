import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffLines } from 'diff';
import course from '../../../content/course.json' with { type: 'json' };

export const ROOT = join(import.meta.dirname, '../../..');
const SOLUTION = 'lab-stack/solution';

export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** A command or an output in the text of a lesson; listed in order. */
export interface Mention {
  readonly kind: 'command' | 'output';
  /** The command, or the recorded step shown: `1.4/ps`. */
  readonly text: string;
}

const MENTION = /<Command run=(?:"([^"]*)"|'([^']*)'|\{`([^`\\]*)`\}) \/>|<Output of="([^"]+)" \/>/g;

export function mentionsIn(lesson: string): Mention[] {
  return [...lesson.matchAll(MENTION)].map(([, double, single, braces, output]) =>
    output === undefined ? { kind: 'command', text: double ?? single ?? braces ?? '' } : { kind: 'output', text: output },
  );
}

/** A file of the solution in a lesson. */
export interface Shown {
  /** `1.3/Dockerfile`. */
  readonly path: string;
  /** The numbers of all its lines shown there, from 1. */
  readonly lines: readonly number[];
  /** Those that stand only in the folded solution of an exercise. */
  readonly gap: readonly number[];
}

/** The files of the solution that a part of a lesson shows: in full, as excerpts, and with a gap whose solution follows. */
export function shownFiles(lesson: string, stretch: string): Shown[] {
  const imports = new Map([...lesson.matchAll(/^import (\w+) from '@solution\/(.+?)\?raw'/gm)].map(([, name, path]) => [name, path]));
  return [...stretch.matchAll(/<(?:SolutionFile|Complete)\b[^>]*>/g)].map(([tag]) => {
    const path = imports.get(/\bcode=\{(\w+)\}/.exec(tag)?.[1]);
    if (path === undefined) throw new Error(`${tag} shows what is not imported from the solution`);
    const lines = /\blines="([^"]+)"/.exec(tag)?.[1];
    return {
      path,
      lines: lines === undefined ? linesOf(path).map(({ number }) => number) : ranges(lines),
      gap: ranges(/\bgap="([^"]+)"/.exec(tag)?.[1]),
    };
  });
}

/** The lines of a file of the solution that are not empty. */
export function linesOf(path: string): { text: string; number: number }[] {
  return read(`${SOLUTION}/${path}`)
    .split('\n')
    .map((text, index) => ({ text, number: index + 1 }))
    .filter(({ text }) => text.trim() !== '');
}

/** Those of these lines that the task adds: its file differs there from the one that an earlier task left. */
export function addedLines(path: string): { text: string; number: number }[] {
  const [task = '', ...names] = path.split('/');
  const ids = course.parts.flatMap(({ tasks }) => tasks.map(({ id }) => id));
  const before = ids
    .slice(0, ids.indexOf(task))
    .map((id) => `${SOLUTION}/${[id, ...names].join('/')}`)
    .findLast((file) => existsSync(join(ROOT, file)));
  let at = 0;
  const added = new Set<number>();
  for (const change of diffLines(before === undefined ? '' : read(before), read(`${SOLUTION}/${path}`))) {
    if (change.removed) continue;
    for (let line = 0; line < change.count; line += 1) {
      at += 1;
      if (change.added) added.add(at);
    }
  }
  return linesOf(path).filter(({ number }) => added.has(number));
}

/** The files that a task's solution adds or changes, except placeholders. */
export function solutionFiles(task: string): string[] {
  return globSync(`${task}/{*,.*,*/**,*/**/.*}`, { cwd: join(ROOT, SOLUTION), withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(ROOT, `${SOLUTION}/`).length))
    .filter((path) => read(`${SOLUTION}/${path}`).trim() !== '');
}

/** A lesson as it looks before anything is unfolded: without hints, answers and solutions. */
export function unfolded(lesson: string): string {
  return ['Hints', 'Hint', 'Solution', 'Answer', 'Recall'].reduce(
    (text, tag) => text.replace(new RegExp(`<${tag}\\b[^>]*>[\\s\\S]*?</${tag}>`, 'g'), ''),
    lesson,
  );
}

function ranges(text: string | undefined): number[] {
  return (text?.split(',') ?? []).flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
