import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { EscaleError } from '../errors/escale-error.ts';
import { MIGRATIONS } from './migrations.ts';

/** Opens the database of a state folder and migrates its schema. `:memory:` for tests. */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    if (path !== ':memory:') chmodSync(path, 0o600);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    migrate(database, path);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function migrate(database: DatabaseSync, path: string): void {
  const row = database.prepare('PRAGMA user_version').get();
  const version = Number(row?.user_version ?? 0);
  if (version > MIGRATIONS.length) {
    throw new EscaleError('unavailable', 'state.too-new', {
      message: `La base ${path} a été écrite par une version plus récente d’Escale (schéma ${version}, connu : ${MIGRATIONS.length}).`,
      hint: 'Mettez Escale à jour, ou prenez un autre dossier d’état par --state DOSSIER.',
    });
  }
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
