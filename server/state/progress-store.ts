import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Verdict } from '../../contract/verdict.ts';

const rowSchema = z.object({ criterion: z.string(), points: z.number(), first_met_at: z.string() });

export interface Achievement {
  readonly criterion: string;
  readonly points: number;
  /** ISO time. */
  readonly firstMetAt: string;
}

/** What was met in a lab at least once, kept when later work breaks it. */
export class ProgressStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Keeps what is met for the first time. A lab that is gone meanwhile is left alone. */
  record(lab: string, verdicts: readonly Verdict[], at: string): void {
    const insert = this.#database.prepare(
      'INSERT INTO progress (lab, criterion, points, first_met_at) SELECT id, ?, ?, ? FROM labs WHERE id = ? ON CONFLICT DO NOTHING',
    );
    for (const verdict of verdicts) {
      if (verdict.verdict === 'met') insert.run(verdict.id, verdict.points, at, lab);
    }
  }

  of(lab: string): Achievement[] {
    const rows = this.#database.prepare('SELECT * FROM progress WHERE lab = ? ORDER BY first_met_at, criterion').all(lab);
    return rows.map((row) => {
      const { criterion, points, first_met_at } = rowSchema.parse(row);
      return { criterion, points, firstMetAt: first_met_at };
    });
  }
}
