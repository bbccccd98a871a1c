import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, realpath } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { projectPathSchema } from '../../contract/files.ts';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;

/** An open folder of the project and a name in it. Links swapped in later cannot redirect it. */
export interface Place {
  readonly folder: FileHandle;
  readonly name: string;
  /** The path for system calls, through the open folder. */
  readonly path: string;
}

/**
 * Resolves `path` in the project, following links within the project, and calls `use` with the open folder that holds it. Refuses paths
 * that leave the project. `makeFolders` creates missing folders, the project's own too, owned by the learner.
 */
export async function inFolder<T>(config: AgentConfig, path: string, use: (place: Place) => Promise<T>, makeFolders = false): Promise<T> {
  if (!projectPathSchema.safeParse(path).success) throw errors.pathOutside(path);
  if (makeFolders) await makeFolder(config, config.project);
  return atPlace(config, path, await resolved(config, path), use, makeFolders);
}

/** The same for an entry that is itself moved or removed: a link as the last segment is not followed. */
export async function atEntry<T>(config: AgentConfig, path: string, use: (place: Place) => Promise<T>, makeFolders = false): Promise<T> {
  if (!projectPathSchema.safeParse(path).success) throw errors.pathOutside(path);
  if (makeFolders) await makeFolder(config, config.project);
  const cut = path.lastIndexOf('/');
  const inside = cut < 0 ? path : `${await resolved(config, path.slice(0, cut))}/${path.slice(cut + 1)}`;
  return atPlace(config, path, inside, use, makeFolders);
}

/** `inside`: the path, with the links above its last segment resolved. */
async function atPlace<T>(
  config: AgentConfig,
  path: string,
  inside: string,
  use: (place: Place) => Promise<T>,
  makeFolders: boolean,
): Promise<T> {
  const segments = inside.split('/');
  const name = segments.pop() ?? '';
  let folder = await openFolder(await rootOf(config, path), path);
  try {
    for (const segment of segments) {
      const next = `/proc/self/fd/${folder.fd}/${segment}`;
      if (makeFolders) await makeFolder(config, next);
      const deeper = await openFolder(next, path);
      await folder.close();
      folder = deeper;
    }
    return await use({ folder, name, path: `/proc/self/fd/${folder.fd}/${name}` });
  } finally {
    await folder.close();
  }
}

/** The path with all links resolved, relative to the project's real folder. Segments that do not exist yet are kept. */
async function resolved(config: AgentConfig, path: string): Promise<string> {
  const root = await rootOf(config, path);
  const missing: string[] = [];
  let known = `${root}/${path}`;
  for (;;) {
    const real = await orNull(realpath(known), path);
    if (real !== null) {
      const inside = relative(root, [real, ...missing].join('/'));
      if (inside === '' || inside.startsWith('..') || inside.startsWith('/')) throw errors.pathOutside(path);
      return inside;
    }
    missing.unshift(known.slice(known.lastIndexOf('/') + 1));
    known = dirname(known);
    if (known.length < root.length) throw errors.fileNotFound(path);
  }
}

async function rootOf(config: AgentConfig, path: string): Promise<string> {
  const root = await orNull(realpath(config.project), path);
  if (root === null || !root.startsWith(`${await realpath(config.home)}/`)) throw errors.fileNotFound(path);
  return root;
}

async function openFolder(path: string, shown: string): Promise<FileHandle> {
  const folder = await orNull(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), shown);
  if (folder === null) throw errors.fileNotFound(shown);
  return folder;
}

async function makeFolder(config: AgentConfig, path: string): Promise<void> {
  try {
    await mkdir(path, 0o755);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    throw error;
  }
  const made = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    await made.chown(config.uid, config.gid);
  } finally {
    await made.close();
  }
}

/** Null where nothing exists. A link in place of a folder counts as a path that leaves the project. */
async function orNull<T>(attempt: Promise<T>, shown: string): Promise<T | null> {
  try {
    return await attempt;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return null;
    if (code === 'ELOOP') throw errors.pathOutside(shown);
    if (code === 'ENOTDIR') throw errors.fileNotFound(shown);
    throw error;
  }
}
