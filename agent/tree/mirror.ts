import type { Stats } from 'node:fs';
import { chmod, chown, lstat, mkdir, open, readdir, rename, rm, utimes } from 'node:fs/promises';
import { errorCode, errors } from '../errors.ts';
import type { Owner } from './unpack.ts';

const COMPARE_BYTES = 64 * 1024;

/**
 * Makes `target` equal to `source` by moving new and changed entries out of `source`. `target` and the folders that exist in both keep
 * their inode, so that shells in them keep a valid working directory; unchanged files keep theirs too. Everything else is removed, whoever
 * owns it.
 */
export async function mirror(source: string, target: string, owner: Owner): Promise<void> {
  await makeFolder(target);
  const wanted = new Set(await readdir(source));
  for (const name of await readdir(target)) if (!wanted.has(name)) await remove(`${target}/${name}`);
  for (const name of wanted) {
    const from = `${source}/${name}`;
    const to = `${target}/${name}`;
    const stat = await lstat(from);
    if (stat.isDirectory()) await mirror(from, to, owner);
    else if (!(await same(from, stat, to))) await move(from, to);
  }
  const stat = await lstat(source);
  await chown(target, owner.uid, owner.gid);
  await chmod(target, stat.mode & 0o7777);
  await utimes(target, stat.atime, stat.mtime);
}

async function makeFolder(path: string): Promise<void> {
  const there = await statOf(path);
  if (there?.isDirectory()) return;
  if (there !== null) await remove(path);
  await mkdir(path, 0o700);
}

async function move(from: string, to: string): Promise<void> {
  if ((await statOf(to))?.isDirectory()) await remove(to);
  try {
    await rename(from, to);
  } catch (error) {
    throw busy(to, error);
  }
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  } catch (error) {
    throw busy(path, error);
  }
}

function busy(path: string, error: unknown): unknown {
  return ['EBUSY', 'EPERM', 'ENOTEMPTY', 'EXDEV', 'EROFS', 'EACCES'].includes(errorCode(error) ?? '')
    ? errors.treeBusy(path, error)
    : error;
}

/** Whether both are ordinary files with a single link and the same owner, mode and bytes. */
async function same(from: string, stat: Stats, to: string): Promise<boolean> {
  const there = await statOf(to);
  if (!there?.isFile() || !stat.isFile() || there.nlink !== 1 || stat.nlink !== 1) return false;
  if (there.size !== stat.size || there.mode !== stat.mode || there.uid !== stat.uid || there.gid !== stat.gid) return false;
  if (!(await sameBytes(from, to))) return false;
  if (there.mtimeMs !== stat.mtimeMs) await utimes(to, stat.atime, stat.mtime);
  return true;
}

async function sameBytes(one: string, other: string): Promise<boolean> {
  await using first = await open(one, 'r');
  await using second = await open(other, 'r');
  const left = Buffer.alloc(COMPARE_BYTES);
  const right = Buffer.alloc(COMPARE_BYTES);
  for (;;) {
    const a = await first.read(left, 0, COMPARE_BYTES);
    const b = await second.read(right, 0, COMPARE_BYTES);
    if (a.bytesRead !== b.bytesRead || !left.subarray(0, a.bytesRead).equals(right.subarray(0, b.bytesRead))) return false;
    if (a.bytesRead === 0) return true;
  }
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
