import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const rowSchema = z.object({
  id: z.string(),
  agent_token: z.string(),
  source_token: z.string(),
  wanted: z.enum(['running', 'stopped']),
  project_placed: z.number(),
  asleep: z.number(),
  warm: z.string().nullable(),
});

/** A lab known to this instance, whether or not it exists on the engine. */
export interface LabRecord {
  readonly id: string;
  readonly agentToken: string;
  readonly sourceToken: string;
  /** The last request: a lab with `running` is restarted when it is found stopped. */
  readonly wanted: 'running' | 'stopped';
  /** Whether the starter was already put into its project folder. */
  readonly projectPlaced: boolean;
  /** Whether it was stopped because nobody used it, and starts when somebody does. */
  readonly asleep: boolean;
  /** Of a lab made ahead, without a learner: what it was made from, or empty until it is ready. Null: a learner's lab. */
  readonly warm: string | null;
}

export class LabStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(): LabRecord[] {
    return this.#database.prepare('SELECT * FROM labs ORDER BY created_at, id').all().map(toRecord);
  }

  find(id: string): LabRecord | null {
    const row = this.#database.prepare('SELECT * FROM labs WHERE id = ?').get(id);
    return row === undefined ? null : toRecord(row);
  }

  /** The lab's record; creates it with new random tokens if there is none. */
  ensure(id: string): LabRecord {
    this.#database
      .prepare("INSERT INTO labs (id, agent_token, source_token, wanted, created_at) VALUES (?, ?, ?, 'stopped', ?) ON CONFLICT DO NOTHING")
      .run(id, token(), token(), new Date().toISOString());
    return toRecord(this.#database.prepare('SELECT * FROM labs WHERE id = ?').get(id));
  }

  want(id: string, wanted: LabRecord['wanted']): void {
    this.#database.prepare('UPDATE labs SET wanted = ?, asleep = 0 WHERE id = ?').run(wanted, id);
  }

  sleep(id: string): void {
    this.#database.prepare("UPDATE labs SET wanted = 'stopped', asleep = 1 WHERE id = ?").run(id);
  }

  /** `madeFrom`: empty until the lab is ready. */
  keepWarm(id: string, madeFrom: string): void {
    this.#database.prepare('UPDATE labs SET warm = ? WHERE id = ?').run(madeFrom, id);
  }

  /** The oldest warm lab that was made from this, which is a learner's from now on; null if there is none. Never the same one twice. */
  takeWarm(madeFrom: string): LabRecord | null {
    const oldest = 'SELECT id FROM labs WHERE warm = ? ORDER BY created_at, id LIMIT 1';
    const row = this.#database.prepare(`UPDATE labs SET warm = NULL, wanted = 'running' WHERE id = (${oldest}) RETURNING *`).get(madeFrom);
    return row === undefined ? null : toRecord(row);
  }

  markProjectPlaced(id: string): void {
    this.#database.prepare('UPDATE labs SET project_placed = 1 WHERE id = ?').run(id);
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM labs WHERE id = ?').run(id);
  }
}

function token(): string {
  return randomBytes(32).toString('base64url');
}

function toRecord(row: unknown): LabRecord {
  const lab = rowSchema.parse(row);
  return {
    id: lab.id,
    agentToken: lab.agent_token,
    sourceToken: lab.source_token,
    wanted: lab.wanted,
    projectPlaced: lab.project_placed === 1,
    asleep: lab.asleep === 1,
    warm: lab.warm,
  };
}
