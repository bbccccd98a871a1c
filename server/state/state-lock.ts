import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type FileLock, tryLockFile } from './file-lock.ts';
import type { StateFolder } from './state-folder.ts';

/** The process that holds a state folder, shown to those who wait. */
const holderSchema = z.object({ pid: z.number().int().positive(), purpose: z.string().max(200) });
export type Holder = z.infer<typeof holderSchema>;

export type StateLock = FileLock;

/** Locks a state folder; null when another process (or this one) holds the lock. */
export function tryLockState(folder: StateFolder, purpose: string): StateLock | null {
  const lock = tryLockFile(folder.lock);
  const holder: Holder = { pid: process.pid, purpose };
  if (lock !== null) writeFileSync(holderFile(folder), JSON.stringify(holder), { mode: 0o600 });
  return lock;
}

/** The last process that took the lock; meaningful only while the lock is held. */
export function lockHolder(folder: StateFolder): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(holderFile(folder), 'utf8')));
  } catch {
    // Not written yet, or only in part: the holder is unknown at the moment.
    return null;
  }
}

function holderFile(folder: StateFolder): string {
  return `${folder.lock}.holder`;
}
