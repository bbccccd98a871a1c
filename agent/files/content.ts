import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { EDITOR_FILE_BYTES, type FileContent } from '../../contract/files.ts';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';
import { inFolder, type Place } from './folder.ts';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
const CHUNK_BYTES = 64 * 1024;

/** A file on disk, with its bytes if the editor can open it. */
export interface OnDisk {
  readonly version: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly bytes: Buffer | null;
}

export function readContent(config: AgentConfig, path: string): Promise<FileContent> {
  return inFolder(config, path, async (place) => {
    const found = await readOnDisk(place, path);
    if (found === null) throw errors.fileNotFound(path);
    const base = { path, version: found.version, size: found.size };
    if (found.bytes === null) return { ...base, text: null, reason: 'too-large' };
    const text = asText(found.bytes);
    return text === null ? { ...base, text: null, reason: 'binary' } : { ...base, text };
  });
}

/** Reads the file; null when there is none. Refuses folders, devices and pipes. */
export async function readOnDisk(place: Place, shown: string): Promise<OnDisk | null> {
  const file = await openFile(place, shown);
  if (file === null) return null;
  try {
    const stat = await file.stat({ bigint: true });
    if (!stat.isFile()) throw errors.notAFile(shown);
    const about = { mode: Number(stat.mode) & 0o7777, uid: Number(stat.uid), gid: Number(stat.gid) };
    const bytes = stat.size > EDITOR_FILE_BYTES ? null : await readAtMost(file, EDITOR_FILE_BYTES);
    if (bytes === null) return { ...about, version: `large-${stat.size}-${stat.mtimeNs}-${stat.ino}`, size: Number(stat.size), bytes };
    return { ...about, version: versionOf(bytes), size: bytes.length, bytes };
  } finally {
    await file.close();
  }
}

export function versionOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function openFile(place: Place, shown: string): Promise<FileHandle | null> {
  try {
    return await open(place.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return null;
    if (code === 'ELOOP') throw errors.pathOutside(shown);
    if (code === 'ENXIO' || code === 'ENODEV') throw errors.notAFile(shown);
    throw error;
  }
}

/** Null when the file has grown beyond `limit` since it was checked. */
async function readAtMost(file: FileHandle, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= limit) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, length);
    if (bytesRead === 0) return Buffer.concat(chunks, length);
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return null;
}

function asText(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
