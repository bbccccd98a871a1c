import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Achievement } from '../../contract/progress.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { Learner } from '../learner.ts';

const rowSchema = z.object({
  criterion: z.string(),
  first_met_at: z.string(),
  last_verdict: z.enum(['met', 'not-met', 'cannot-tell']),
  last_at: z.string(),
});

/** What a learner met at least once, in whichever lab, kept when later work breaks it or the lab is removed, with what the last look said of it. */
export class ProgressStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Keeps what is met for the first time, and what is true now of what was met before. */
  record(learner: Learner, verdicts: readonly Verdict[], at: string): void {
    const first = this.#database.prepare(
      'INSERT INTO progress (learner, criterion, points, first_met_at, last_verdict, last_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    const last = this.#database.prepare('UPDATE progress SET last_verdict = ?, last_at = ? WHERE learner = ? AND criterion = ?');
    for (const verdict of verdicts) {
      if (verdict.verdict === 'met') first.run(learner.id, verdict.id, verdict.points, at, 'met', at);
      if (saysSomething(verdict)) last.run(verdict.verdict, at, learner.id, verdict.id);
    }
  }

  of(learner: Learner): Achievement[] {
    const rows = this.#database.prepare('SELECT * FROM progress WHERE learner = ? ORDER BY first_met_at, criterion').all(learner.id);
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
