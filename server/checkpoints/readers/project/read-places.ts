import { posix } from 'node:path';
import type { FileEntry } from '../../../../contract/files.ts';
import type { LabView } from '../../definitions.ts';

/** A path that the project must have. */
interface Wanted {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

export type Missing =
  | { readonly state: 'absent'; readonly path: string }
  /** A path in the same folder with nearly the right name. */
  | { readonly state: 'misnamed'; readonly path: string; readonly found: string }
  /** A path with the right name in another folder. */
  | { readonly state: 'misplaced'; readonly path: string; readonly found: string }
  | { readonly state: 'other-kind'; readonly path: string };

/** The missing ones of these paths, each with what was found instead. */
export async function missingOf(view: LabView, kind: Wanted['kind'], wantedPaths: readonly string[]): Promise<Missing[]> {
  const wanted = wantedPaths.map((path): Wanted => ({ path, kind }));
  const entries = await view.entries();
  const paths = new Map(entries.map((entry) => [entry.path, entry]));
  const taken = new Set(wanted.map(({ path }) => path));
  return wanted.flatMap((one): Missing[] => {
    const entry = paths.get(one.path);
    if (entry) return entry.kind === one.kind || entry.kind === 'link' ? [] : [{ state: 'other-kind', path: one.path }];
    const free = entries.filter(({ path, kind }) => !taken.has(path) && (kind === one.kind || kind === 'link'));
    const misnamed = free.find(({ path }) => nearly(path, one.path));
    if (misnamed) return [{ state: 'misnamed', path: one.path, found: misnamed.path }];
    const misplaced = misplacedFor(one, free);
    return misplaced ? [{ state: 'misplaced', path: one.path, found: misplaced }] : [{ state: 'absent', path: one.path }];
  });
}

/** Whether there is none of these paths, nor anything that may be meant for one. */
export function noneOf(paths: readonly string[], missing: readonly Missing[]): boolean {
  return missing.length === paths.length && missing.every(({ state }) => state === 'absent');
}

/** Whether anything in the project, however deep, has one of these names. */
export async function anyNamed(view: LabView, names: readonly string[]): Promise<boolean> {
  return (await view.entries()).some(({ path }) => names.includes(posix.basename(path)));
}

/** A file of the same name in another folder, at most four levels deep. Folders do not count: a `logs` may be anybody's. */
function misplacedFor({ path, kind }: Wanted, entries: readonly FileEntry[]): string | null {
  if (kind === 'folder' || posix.basename(path) === '__init__.py') return null;
  const name = posix.basename(path);
  return entries.find((entry) => posix.basename(entry.path) === name && entry.path.split('/').length <= 4)?.path ?? null;
}

/** Whether two paths differ only by case, a separator, an ending or one letter, in each folder name. */
function nearly(found: string, wanted: string): boolean {
  const [left, right] = [found.split('/'), wanted.split('/')];
  return left.length === right.length && left.every((part, index) => close(part, right[index] ?? ''));
}

function close(found: string, wanted: string): boolean {
  if (found === wanted) return true;
  const [a, b] = [bare(found), bare(wanted)];
  if (withoutEnding(found) === b || a === withoutEnding(wanted)) return true;
  return a === b || (isCompose(a) && isCompose(b)) || (Math.min(a.length, b.length) > 3 && oneLetterApart(a, b));
}

function isCompose(name: string): boolean {
  return /^(docker)?composeyaml$/.test(name);
}

function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/yml$/, 'yaml');
}

/** Some editors add `.txt`; an ending may also be missing. */
function withoutEnding(name: string): string {
  return bare(name.replace(/(?<=.)\.(txt|py|ya?ml|md)$/i, ''));
}

function oneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(at + (short.length === long.length ? 1 : 0)) === long.slice(at + 1);
}
