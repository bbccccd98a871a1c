import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** Outcomes kept per lab and act: the latest. */
const KEPT = 20;

const digestSchema = z.object({ digest: z.string() });
const doneSchema = z.object({ done: z.string() });

/** The outcomes of the acts of each lab, by the digest of what they depend on. They outlive the server, and end with the lab. */
export class OutcomeStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  digests(lab: string, act: string): string[] {
    const rows = this.#database.prepare('SELECT digest FROM outcomes WHERE lab = ? AND act = ?').all(lab, act);
    return rows.map((row) => digestSchema.parse(row).digest);
  }

  find(lab: string, act: string, digest: string): { readonly done: unknown } | null {
    const row = this.#database.prepare('SELECT done FROM outcomes WHERE lab = ? AND act = ? AND digest = ?').get(lab, act, digest);
    return row === undefined ? null : { done: JSON.parse(doneSchema.parse(row).done) };
  }

  keep(lab: string, act: string, digest: string, done: unknown): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO outcomes (lab, act, digest, done) VALUES (?, ?, ?, ?)')
      .run(lab, act, digest, JSON.stringify(done));
    // A replaced row has a new rowid too: the highest are the latest.
    this.#database
      .prepare(
        'DELETE FROM outcomes WHERE lab = ?1 AND act = ?2 AND rowid NOT IN (SELECT rowid FROM outcomes WHERE lab = ?1 AND act = ?2 ORDER BY rowid DESC LIMIT ?3)',
      )
      .run(lab, act, KEPT);
  }
}
