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

/** What was met in a lab at least once, kept when later work breaks it, with what the last look said of it. */
export class ProgressStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Keeps what is met for the first time, and what is true now of what was met before. A lab that is gone meanwhile is left alone. */
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

/** A lab that did not answer, or something that is starting, is no news of the work. */
function saysSomething(verdict: Verdict): boolean {
  return verdict.verdict !== 'cannot-tell' || !/^(unavailable|wait)\./.test(verdict.diagnosis.code);
}
