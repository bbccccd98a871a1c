import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type FileLock, tryLockFile } from './file-lock.ts';
import type { StateFolder } from './state-folder.ts';

/** Who holds a state folder, told to those who wait for it. */
const holderSchema = z.object({ pid: z.number().int().positive(), purpose: z.string().max(200) });
export type Holder = z.infer<typeof holderSchema>;

export type StateLock = FileLock;

/** The lock of a state folder, or null when another process (or this one) holds it. */
export function tryLockState(folder: StateFolder, purpose: string): StateLock | null {
  const lock = tryLockFile(folder.lock);
  const holder: Holder = { pid: process.pid, purpose };
  if (lock !== null) writeFileSync(holderFile(folder), JSON.stringify(holder), { mode: 0o600 });
  return lock;
}

/** Who took the lock last; meaningful only while it is held. */
export function lockHolder(folder: StateFolder): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(holderFile(folder), 'utf8')));
  } catch {
    // Not written yet, or half written: nobody can be named for the moment.
    return null;
  }
}

function holderFile(folder: StateFolder): string {
  return `${folder.lock}.holder`;
}
