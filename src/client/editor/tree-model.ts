import type { FileEntry } from '../../../contract/files.ts';

/** A project of so few entries is shown whole at first. */
const SHOWN_WHOLE = 40;

export interface TreeRow {
  readonly path: string;
  readonly name: string;
  readonly kind: FileEntry['kind'];
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly expanded: boolean;
}

/** The rows on screen: what expanded folders hold, folders first. */
export function visibleRows(entries: readonly FileEntry[], expanded: ReadonlySet<string>): TreeRow[] {
  const byFolder = new Map<string, FileEntry[]>();
  for (const entry of entries) {
    const folder = folderOf(entry.path);
    const list = byFolder.get(folder);
    if (list === undefined) byFolder.set(folder, [entry]);
    else list.push(entry);
  }
  const rows: TreeRow[] = [];
  const add = (folder: string, level: number): void => {
    const held = (byFolder.get(folder) ?? []).sort(inOrder);
    for (const [index, { path, kind }] of held.entries()) {
      const open = kind === 'folder' && expanded.has(path);
      rows.push({ path, name: nameOf(path), kind, level, position: index + 1, siblings: held.length, expanded: open });
      if (open) add(path, level + 1);
    }
  };
  add('', 1);
  return rows;
}

/** The folders that are open before the learner opens or closes any. */
export function firstExpanded(entries: readonly FileEntry[]): Set<string> {
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path);
  return new Set(entries.length <= SHOWN_WHOLE ? folders : []);
}

/** Every folder above a path. */
export function foldersAbove(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_segment, index) => segments.slice(0, index + 1).join('/'));
}

/** Empty for what lies in the project itself. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '' : path.slice(0, cut);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Where `path` is after `from` became `to`; undefined when that does not touch it. */
export function movedPath(path: string, from: string, to: string): string | undefined {
  if (path === from) return to;
  return path.startsWith(`${from}/`) ? to + path.slice(from.length) : undefined;
}

const collator = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

function inOrder(one: FileEntry, other: FileEntry): number {
  const folders = Number(other.kind === 'folder') - Number(one.kind === 'folder');
  return folders !== 0 ? folders : collator.compare(nameOf(one.path), nameOf(other.path));
}
