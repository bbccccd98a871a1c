import { constants, type Dirent } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import { type FileEntry, type FileTree, projectPathSchema, TREE_ENTRIES } from '../../contract/files.ts';
import type { AgentConfig } from '../config.ts';
import { errorCode } from '../errors.ts';
import { TEMPORARY_PREFIX } from './save.ts';

/** Folders that are listed and watched as one entry, without their content. */
const CLOSED_FOLDERS = new Set(['.git', 'node_modules', '__pycache__', '.venv', 'venv', '.mypy_cache', '.pytest_cache', '.ruff_cache']);
/** Maximum number of names read per folder. */
const FOLDER_NAMES = 20_000;

export const isClosedFolder = (name: string): boolean => CLOSED_FOLDERS.has(name);

/** Lists the project level by level, so that the entries left out at the limit are the deepest ones. Links are not followed. */
export async function readTree(config: AgentConfig, limit: number = TREE_ENTRIES): Promise<FileTree> {
  const entries: FileEntry[] = [];
  let truncated = false;
  let level: string[] = [''];
  while (level.length > 0) {
    const next: string[] = [];
    for (const folder of level) {
      const { names, more } = await namesIn(config.project, folder);
      const fit = names.slice(0, limit - entries.length);
      truncated ||= more || fit.length < names.length;
      for (const entry of await Promise.all(fit.map((name) => entryOf(config, folder === '' ? name : `${folder}/${name}`)))) {
        if (entry === null) continue;
        entries.push(entry);
        if (entry.kind === 'folder' && !isClosedFolder(entry.path.slice(entry.path.lastIndexOf('/') + 1))) next.push(entry.path);
      }
      if (entries.length >= limit && truncated) return { entries, truncated };
    }
    level = next;
  }
  return { entries, truncated };
}

/** Sorted names, without those that are not UTF-8: they cannot be requested. */
async function namesIn(root: string, folder: string): Promise<{ names: string[]; more: boolean }> {
  const names: string[] = [];
  try {
    const handle = await open(`${root}/${folder}`, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    try {
      for await (const entry of await opendir(`/proc/self/fd/${handle.fd}`, { bufferSize: 256 })) {
        if (names.length >= FOLDER_NAMES) return { names: names.sort(), more: true };
        if (isShown(entry)) names.push(entry.name);
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === null) throw error;
  }
  return { names: names.sort(), more: false };
}

function isShown(entry: Dirent): boolean {
  const ordinary = entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
  return ordinary && !entry.name.includes('\ufffd') && !entry.name.startsWith(TEMPORARY_PREFIX);
}

async function entryOf(config: AgentConfig, path: string): Promise<FileEntry | null> {
  if (!projectPathSchema.safeParse(path).success) return null;
  try {
    const stat = await lstat(`${config.project}/${path}`);
    const kind = stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'folder' : 'file';
    return { path, kind, size: kind === 'file' ? stat.size : 0, mode: stat.mode & 0o7777 };
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
