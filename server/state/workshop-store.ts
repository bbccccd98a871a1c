import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const rowSchema = z.object({ session: z.string() });

/** The workshop of each lab, as text. Removed with its lab. */
export class WorkshopStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(lab: string): string | null {
    const row = this.#database.prepare('SELECT session FROM workshops WHERE lab = ?').get(lab);
    return row === undefined ? null : rowSchema.parse(row).session;
  }

  keep(lab: string, session: string): void {
    this.#database
      .prepare('INSERT INTO workshops (lab, session) VALUES (?, ?) ON CONFLICT (lab) DO UPDATE SET session = excluded.session')
      .run(lab, session);
  }
}
