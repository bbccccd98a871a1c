import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';
import type { TrialJournal, TrialPlan } from '../definitions.ts';

const keptSchema = z.object({ id: z.string(), lab: z.string(), criterion: z.string(), startedAt: z.string(), pid: z.number() });

/** Undo plans as files of the state folder, one a lab: the file is both the plan and the lock. */
export class FileJournal implements TrialJournal {
  readonly #folder: string;
  readonly #acting = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async begin(plan: TrialPlan): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const draft = join(this.#folder, `${plan.id}.draft`);
    await writeFile(draft, JSON.stringify({ ...plan, pid: process.pid }), { mode: 0o600, flush: true });
    try {
      await link(draft, this.#path(plan.lab)); // whole or not at all, and only where there is none
      this.#acting.add(plan.id);
    } catch (cause) {
      if (!isCode(cause, 'EEXIST')) throw cause;
      throw new EscaleError(
        'conflict',
        'trial.running',
        { message: 'Un autre essai est en cours sur ce labo.', hint: 'Attendez sa fin, puis relancez le vôtre.' },
        { cause },
      );
    } finally {
      await rm(draft, { force: true });
    }
  }

  async end(plan: TrialPlan): Promise<void> {
    const kept = await this.#read(this.#path(plan.lab));
    if (kept?.id === plan.id) await rm(this.#path(plan.lab), { force: true });
    this.#acting.delete(plan.id);
  }

  leave(plan: TrialPlan): void {
    this.#acting.delete(plan.id);
  }

  async leftovers(): Promise<TrialPlan[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return [];
      throw error;
    });
    const plans = names.filter((name) => name.endsWith('.json'));
    const kept = await Promise.all(plans.map((name) => this.#read(join(this.#folder, name))));
    return kept.filter((plan) => plan !== null).filter((plan) => this.#isLeft(plan));
  }

  #isLeft(plan: z.infer<typeof keptSchema>): boolean {
    return plan.pid === process.pid ? !this.#acting.has(plan.id) : !isAlive(plan.pid);
  }

  #path(lab: string): string {
    return join(this.#folder, `${encodeURIComponent(lab)}.json`);
  }

  async #read(path: string): Promise<z.infer<typeof keptSchema> | null> {
    try {
      return keptSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
