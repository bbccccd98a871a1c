import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, rename, unlink } from 'node:fs/promises';
import { EDITOR_FILE_BYTES, type FileWrite } from '../../contract/files.ts';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';
import { look, type OnDisk, versionOf } from './content.ts';
import { inFolder, type Place } from './folder.ts';
import { inTurn } from './turn.ts';

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
/** Name prefix of files being written; they are neither listed nor watched. */
export const TEMPORARY_PREFIX = '.escale-write-';

/** Saves atomically, and only if the file still has the version that the editor loaded. */
export function saveContent(config: AgentConfig, write: FileWrite): Promise<{ path: string; version: string }> {
  return inTurn(() => saveNow(config, write));
}

function saveNow(config: AgentConfig, { path, text, version }: FileWrite): Promise<{ path: string; version: string }> {
  if (!text.isWellFormed()) throw errors.fileText(path);
  const bytes = Buffer.from(text);
  if (bytes.length > EDITOR_FILE_BYTES) throw errors.fileTooLarge(path, EDITOR_FILE_BYTES);
  const save = async (place: Place): Promise<{ path: string; version: string }> => {
    const found = await look(place, path);
    if ((found?.version ?? null) !== version) throw errors.fileConflict(path);
    await replace(config, place, path, bytes, found);
    return { path, version: versionOf(bytes) };
  };
  return inFolder(config, path, save, version === null);
}

async function replace(config: AgentConfig, place: Place, shown: string, bytes: Buffer, before: OnDisk | null): Promise<void> {
  const temporary = `/proc/self/fd/${place.folder.fd}/${TEMPORARY_PREFIX}${randomBytes(8).toString('hex')}`;
  const file = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    try {
      await file.writeFile(bytes);
      await file.chown(before?.uid ?? config.uid, before?.gid ?? config.gid);
      await file.chmod(before?.mode ?? 0o644);
      await file.datasync();
    } finally {
      await file.close();
    }
    if (before === null) await linkNew(temporary, place.path, shown);
    else await rename(temporary, place.path);
  } finally {
    await unlink(temporary).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
  }
}

/** `link` fails if the file was created meanwhile; `rename` would replace it. */
async function linkNew(from: string, to: string, shown: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? errors.fileConflict(shown) : error;
  }
}
