import { constants } from 'node:fs';
import { link, lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import type { FileMove } from '../../contract/files.ts';
import type { AgentConfig } from '../config.ts';
import { type AgentError, errorCode, errors } from '../errors.ts';
import { atEntry } from './folder.ts';
import { inTurn } from './turn.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;

/** Makes a folder of the learner's, with those above it. */
export function makeFolder(config: AgentConfig, path: string): Promise<void> {
  const make = async ({ path: place }: { path: string }): Promise<void> => {
    try {
      await mkdir(place, 0o755);
    } catch (error) {
      throw errorCode(error) === 'EEXIST' ? errors.fileExists(path) : error;
    }
    const made = await open(place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      await made.chown(config.uid, config.gid);
    } finally {
      await made.close();
    }
  };
  return inTurn(() => atEntry(config, path, make, true));
}

/** Gives a file, a folder or a link another name in the project; makes the missing folders of that name. */
export function moveEntry(config: AgentConfig, { from, to }: FileMove): Promise<void> {
  if (from === to || to.startsWith(`${from}/`)) throw errors.moveIntoItself(from);
  return inTurn(() => atEntry(config, from, (source) => moveTo(config, source.path, to, errors.fileNotFound(from))));
}

/** Moves what is at `source`, an open place, to a path of the project where nothing stands. */
export async function moveTo(config: AgentConfig, source: string, to: string, missing: AgentError): Promise<void> {
  const folder = await isFolder(source, missing);
  await atEntry(config, to, ({ path }) => (folder ? moveFolder(source, path, to) : moveFile(source, path, to)), true);
}

async function isFolder(path: string, missing: AgentError): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    throw errorCode(error) === 'ENOENT' ? missing : error;
  }
}

/** A link fails where something stands, and does not follow one; a rename would replace it. */
async function moveFile(from: string, to: string, shown: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? errors.fileExists(shown) : error;
  }
  await unlink(from);
}

/** A folder cannot be linked; what comes between the look and the rename is replaced only if it is an empty folder. */
async function moveFolder(from: string, to: string, shown: string): Promise<void> {
  if (await isThere(to)) throw errors.fileExists(shown);
  try {
    await rename(from, to);
  } catch (error) {
    throw errorCode(error) === 'EINVAL' ? errors.moveIntoItself(shown) : error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
