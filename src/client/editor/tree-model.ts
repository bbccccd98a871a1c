import type { FileEntry } from '../../../contract/files.ts';

/** A project with at most this many entries is fully expanded at first. */
const SHOWN_WHOLE = 40;

export interface TreeRow {
  readonly path: string;
  readonly name: string;
  readonly kind: FileEntry['kind'];
  /** Counts from 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly expanded: boolean;
}

/** The visible rows: the content of expanded folders, files first, so that the project's own files stay in sight above open folders. */
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

/** The folders that are expanded at first. */
export function firstExpanded(entries: readonly FileEntry[]): Set<string> {
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path);
  return new Set(entries.length <= SHOWN_WHOLE ? folders : []);
}

/** All parent folders of a path. */
export function foldersAbove(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_segment, index) => segments.slice(0, index + 1).join('/'));
}

/** Empty for entries of the project folder itself. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '' : path.slice(0, cut);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The path of an entry after `from` was renamed to `to`; undefined if the rename does not affect it. */
export function movedPath(path: string, from: string, to: string): string | undefined {
  if (path === from) return to;
  return path.startsWith(`${from}/`) ? to + path.slice(from.length) : undefined;
}

const collator = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

function inOrder(one: FileEntry, other: FileEntry): number {
  const files = Number(one.kind === 'folder') - Number(other.kind === 'folder');
  return files !== 0 ? files : collator.compare(nameOf(one.path), nameOf(other.path));
}
