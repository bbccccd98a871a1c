import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chown, type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { type FileRestore, trashNameSchema } from '../../contract/files.ts';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';
import { moveTo } from './arrange.ts';
import { atEntry } from './folder.ts';
import { inTurn } from './turn.ts';

/** Limits of the trash: number of deletions, their total bytes and their total names. The latest deletion is kept whatever its size. */
const KEPT = 20;
const KEPT_BYTES = 256 * 1024 * 1024;
const KEPT_NAMES = 50_000;

/** Moves an entry of the project to the trash; resolves to its name in the trash. */
export function trashEntry(config: AgentConfig, path: string): Promise<string> {
  return inTurn(() =>
    inTrash(config, async (folder) => {
      const name = `${Date.now().toString(36).padStart(9, '0')}-${randomBytes(8).toString('hex')}`;
      await atEntry(config, path, (place) => takeAway(place.path, `${folder}/${name}`, path));
      await forgetOldest(folder);
      return name;
    }),
  );
}

export function restoreEntry(config: AgentConfig, { trash, path }: FileRestore): Promise<void> {
  return inTurn(() => inTrash(config, (folder) => moveTo(config, `${folder}/${trash}`, path, errors.trashGone(path))));
}

/**
 * The trash is under the home, so on the project's volume: moving copies nothing. If it is replaced by a link, the link is removed, never
 * followed.
 */
async function inTrash<T>(config: AgentConfig, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await openTrash(`${config.home}/.escale-trash`, config);
  try {
    return await use(`/proc/self/fd/${folder.fd}`);
  } finally {
    await folder.close();
  }
}

async function openTrash(path: string, config: AgentConfig): Promise<FileHandle> {
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  try {
    return await open(path, flags);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOENT' && code !== 'ELOOP' && code !== 'ENOTDIR') throw error;
    if (code !== 'ENOENT') await rm(path, { force: true });
  }
  await mkdir(path, 0o700);
  await chown(path, config.uid, config.gid);
  return open(path, flags);
}

async function takeAway(from: string, to: string, shown: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    throw errorCode(error) === 'ENOENT' ? errors.fileNotFound(shown) : error;
  }
}

async function forgetOldest(folder: string): Promise<void> {
  const [last, ...older] = (await readdir(folder))
    .filter((name) => trashNameSchema.safeParse(name).success)
    .sort()
    .reverse();
  const room = { bytes: KEPT_BYTES, names: KEPT_NAMES };
  if (last !== undefined) await takeRoom(`${folder}/${last}`, room);
  for (const [index, name] of older.entries()) {
    const fits = index < KEPT - 1 && (await takeRoom(`${folder}/${name}`, room));
    if (!fits) await rm(`${folder}/${name}`, { recursive: true, force: true });
  }
}

/** Subtracts the entry and everything below it from `room`; false when no room is left. */
async function takeRoom(path: string, room: { bytes: number; names: number }): Promise<boolean> {
  const stat = await lstat(path);
  room.bytes -= stat.blocks * 512;
  room.names -= 1;
  if (room.bytes < 0 || room.names < 0) return false;
  if (!stat.isDirectory()) return true;
  for (const name of await readdir(path)) if (!(await takeRoom(`${path}/${name}`, room))) return false;
  return true;
}
