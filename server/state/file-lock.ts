import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  /** Twice is fine. */
  release(): void;
}

/**
 * SQLite's lock on a file of its own, which nothing else may open: null while another process, or this one, holds it.
 * The system lets go of it when the process ends, however it ends, so none is ever stale.
 */
export function tryLockFile(path: string, waitMs = 0): FileLock | null {
  const database = new DatabaseSync(path, { timeout: waitMs });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
