import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, rename, unlink } from 'node:fs/promises';
import { EDITOR_FILE_BYTES, type FileWrite } from '../../contract/files.ts';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';
import { type OnDisk, readOnDisk, versionOf } from './content.ts';
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
    const found = await readOnDisk(place, path);
    if ((found?.version ?? null) !== version) throw errors.fileConflict(path);
    await replace(config, { place, shown: path, before: found }, bytes);
    return { path, version: versionOf(bytes) };
  };
  return inFolder(config, path, save, version === null);
}

interface Target {
  readonly place: Place;
  /** The path in messages. */
  readonly shown: string;
  /** The file that the new text is based on. */
  readonly before: OnDisk | null;
}

async function replace(config: AgentConfig, { place, shown, before }: Target, bytes: Buffer): Promise<void> {
  const temporary = temporaryIn(place);
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
    else await exchange(temporary, { place, shown, before });
  } finally {
    await removeIfThere(temporary);
  }
}

/**
 * Puts the new text in place of the old one. A shell may write to the old file until that instant, so the file that was replaced is read
 * again: if it is not what the text is based on, it is put back.
 */
async function exchange(temporary: string, { place, shown, before }: Target): Promise<void> {
  const name = temporaryIn(place);
  const old = { ...place, path: name };
  await keep(place.path, name, shown);
  try {
    await rename(temporary, place.path);
    const replaced = await readOnDisk(old, shown);
    if (replaced === null || replaced.version === before?.version) return;
    await rename(name, place.path);
    throw errors.fileConflict(shown);
  } finally {
    await removeIfThere(name);
  }
}

function temporaryIn({ folder }: Place): string {
  return `/proc/self/fd/${folder.fd}/${TEMPORARY_PREFIX}${randomBytes(8).toString('hex')}`;
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}

/** A second name for the file that is about to be replaced. */
async function keep(path: string, name: string, shown: string): Promise<void> {
  try {
    await link(path, name);
  } catch (error) {
    throw errorCode(error) === 'ENOENT' ? errors.fileConflict(shown) : error;
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
