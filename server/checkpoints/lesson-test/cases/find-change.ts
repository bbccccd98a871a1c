import type { Project, ProjectEntry } from '../../../projects/project.ts';
import type { CaseChange } from './case-schema.ts';
import { findEdits } from './find-edits.ts';

/** What makes one project of another: the change that `case.json` holds, and the files that lie beside it whole, with their folders. */
export interface FoundChange {
  readonly change: CaseChange;
  readonly whole: Project;
}

/** A file is edited where that is shorter to write than the file; it is whole where it is new, or most of it differs. */
export function findChange(solution: Project, project: Project): FoundChange {
  const change: CaseChange = { edits: [], move: {}, remove: [], folders: [] };
  const whole = new Map<string, ProjectEntry>();
  for (const path of [...solution.keys()].sort()) {
    const goesWith = parentsOf(path).some((parent) => change.remove.includes(parent) || isFileIn(project, parent));
    if (!goesWith && !staysAs(project.get(path), solution.get(path))) change.remove.push(path);
  }
  for (const [path, entry] of [...project].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const old = solution.get(path);
    if (isSame(entry, old)) continue;
    if (entry.kind === 'folder') {
      if (old?.kind !== 'folder') change.folders.push(path);
      continue;
    }
    const edits = editsOf(path, old, entry);
    if (edits === null) whole.set(path, entry);
    else change.edits.push(...edits);
  }
  takeMoves(solution, change, whole);
  for (const parent of [...whole.keys()].flatMap(parentsOf)) {
    const entry = project.get(parent);
    if (entry?.kind === 'folder') whole.set(parent, entry);
  }
  const holds = (folder: string) => change.folders.some((path) => path.startsWith(`${folder}/`));
  return { change: { ...change, folders: change.folders.filter((path) => !whole.has(path) && !holds(path)) }, whole };
}

/** A file that went and one of the same content that came, each the only one of its kind, are one file that moved. */
function takeMoves(solution: Project, change: CaseChange, whole: Map<string, ProjectEntry>): void {
  const moves = change.remove.flatMap((from) => {
    const old = solution.get(from);
    if (old?.kind !== 'file') return [];
    const came = [...whole].filter(([, entry]) => isSame(old, entry));
    const went = change.remove.filter((path) => isSame(old, solution.get(path)));
    const to = came[0]?.[0];
    return to !== undefined && came.length === 1 && went.length === 1 ? [[from, to] as const] : [];
  });
  for (const [from, to] of moves) {
    change.move[from] = to;
    change.remove = change.remove.filter((path) => path !== from);
    whole.delete(to);
  }
}

function parentsOf(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

function isFileIn(project: Project, path: string): boolean {
  return project.has(path) && project.get(path)?.kind !== 'folder';
}

/** A file, which is laid over what was there, needs no room made for it; a folder does where there was none. */
function staysAs(now: ProjectEntry | undefined, old: ProjectEntry | undefined): boolean {
  return now !== undefined && (now.kind !== 'folder' || old?.kind === 'folder');
}

function editsOf(file: string, old: ProjectEntry | undefined, now: ProjectEntry): CaseChange['edits'] | null {
  if (old?.kind !== 'file' || now.kind !== 'file' || old.mode !== now.mode) return null;
  const [before, after] = [old, now].map(({ content }) => content.toString('utf8'));
  if (!before || after === undefined || !Buffer.from(before).equals(old.content) || !Buffer.from(after).equals(now.content)) return null;
  const edits = findEdits(file, before, after);
  return JSON.stringify(edits).length < after.length ? edits : null;
}

function isSame(one: ProjectEntry, other: ProjectEntry | undefined): boolean {
  if (other === undefined) return false;
  if (one.kind === 'file' && other.kind === 'file') return one.mode === other.mode && one.content.equals(other.content);
  if (one.kind === 'link' && other.kind === 'link') return one.target === other.target;
  return one.kind === 'folder' && other.kind === 'folder';
}
