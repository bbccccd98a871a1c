import { constants } from 'node:fs';
import { link, lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import type { FileMove } from '../../contract/files.ts';
import type { AgentConfig } from '../config.ts';
import { type AgentError, errorCode, errors } from '../errors.ts';
import { atEntry } from './folder.ts';
import { inTurn } from './turn.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;

/** Creates a folder owned by the learner, with its missing parents. */
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

/** Moves or renames a file, folder or link in the project; creates the missing folders of the new path. */
export function moveEntry(config: AgentConfig, { from, to }: FileMove): Promise<void> {
  if (from === to || to.startsWith(`${from}/`)) throw errors.moveIntoItself(from);
  return inTurn(() => atEntry(config, from, (source) => moveTo(config, source.path, to, errors.fileNotFound(from))));
}

/** Moves `source`, the path of an open place, to a path of the project that must not exist. */
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

/** `link` fails where `to` exists and does not follow a link there; `rename` would replace it. */
async function moveFile(from: string, to: string, shown: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? errors.fileExists(shown) : error;
  }
  await unlink(from);
}

/**
 * Folders cannot be hard-linked. If something is created between the check and the rename, it is replaced only if it is an empty folder.
 */
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
