import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Achievement } from '../../contract/progress.ts';
import type { Verdict } from '../../contract/verdict.ts';

const rowSchema = z.object({
  criterion: z.string(),
  first_met_at: z.string(),
  last_verdict: z.enum(['met', 'not-met', 'cannot-tell']),
  last_at: z.string(),
});

/** The criteria met in a lab at least once, with their latest verdict. Kept when later work breaks them. */
export class ProgressStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Records criteria that are met for the first time, and the latest verdict of those met before. Ignores a lab that was removed meanwhile.
   */
  record(lab: string, verdicts: readonly Verdict[], at: string): void {
    const first = this.#database.prepare(
      'INSERT INTO progress (lab, criterion, points, first_met_at) SELECT id, ?, ?, ? FROM labs WHERE id = ? ON CONFLICT DO NOTHING',
    );
    const last = this.#database.prepare('UPDATE progress SET last_verdict = ?, last_at = ? WHERE lab = ? AND criterion = ?');
    for (const verdict of verdicts) {
      if (verdict.verdict === 'met') first.run(verdict.id, verdict.points, at, lab);
      if (saysSomething(verdict)) last.run(verdict.verdict, at, lab, verdict.id);
    }
  }

  of(lab: string): Achievement[] {
    const rows = this.#database.prepare('SELECT * FROM progress WHERE lab = ? ORDER BY first_met_at, criterion').all(lab);
    return rows.map((row) => {
      const { criterion, first_met_at, last_verdict, last_at } = rowSchema.parse(row);
      return { criterion, firstMetAt: first_met_at, last: { verdict: last_verdict, at: last_at } };
    });
  }
}

/** Verdicts for an unavailable lab or a starting service say nothing about the work. */
function saysSomething(verdict: Verdict): boolean {
  return verdict.verdict !== 'cannot-tell' || !/^(unavailable|wait)\./.test(verdict.diagnosis.code);
}
