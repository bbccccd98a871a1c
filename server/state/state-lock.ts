import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { StateFolder } from './state-folder.ts';

/** Who holds a state folder, told to those who wait for it. */
const holderSchema = z.object({ pid: z.number().int().positive(), purpose: z.string().max(200) });
export type Holder = z.infer<typeof holderSchema>;

export interface StateLock {
  release(): void;
}

/**
 * The lock of a state folder, or null when another process (or this one) holds it. It is SQLite's lock on a file of its
 * own: the system lets go of it when the process ends, however it ends, so none is ever stale.
 */
export function tryLockState(folder: StateFolder, purpose: string): StateLock | null {
  const database = new DatabaseSync(folder.lock, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  const holder: Holder = { pid: process.pid, purpose };
  writeFileSync(holderFile(folder), JSON.stringify(holder), { mode: 0o600 });
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
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

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
