import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  /** May be called several times. */
  release(): void;
}

/**
 * A lock based on SQLite's lock on a file used for nothing else. Null while another process, or this one, holds it. The system releases it
 * when the process ends for any reason, so it never becomes stale.
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
