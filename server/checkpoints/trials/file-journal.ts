import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';
import { type FileLock, tryLockFile } from '../../state/file-lock.ts';
import type { TrialJournal, TrialPlan } from '../definitions.ts';

const keptSchema = z.object({ id: z.string(), lab: z.string(), act: z.string().default(''), startedAt: z.string() });

/** Longer than another process takes to see whether a plan is left. */
const GLANCE_MS = 100;

/**
 * Undo plans as files of the state folder, one a lab. Beside each plan is the lock that its trial holds while it acts: the
 * system drops it with the process, so a plan without a held lock was left by one that was killed, whatever process bears its id now.
 */
export class FileJournal implements TrialJournal {
  readonly #folder: string;
  /** The locks of the trials that act here, by their ids. */
  readonly #acting = new Map<string, FileLock>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async begin(plan: TrialPlan): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const lock = tryLockFile(this.#path(plan.lab, 'lock'), GLANCE_MS);
    if (lock === null) throw trialRunning();
    try {
      await this.#keep(plan);
      this.#acting.set(plan.id, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  async end(plan: TrialPlan): Promise<void> {
    const kept = await this.#read(this.#path(plan.lab, 'json'));
    if (kept?.id === plan.id) await rm(this.#path(plan.lab, 'json'), { force: true });
    this.leave(plan);
  }

  leave(plan: TrialPlan): void {
    this.#acting.get(plan.id)?.release();
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

  #isLeft(plan: TrialPlan): boolean {
    if (this.#acting.has(plan.id)) return false;
    const lock = tryLockFile(this.#path(plan.lab, 'lock'));
    lock?.release();
    return lock !== null;
  }

  /** Whole or not at all, and only where there is none. */
  async #keep(plan: TrialPlan): Promise<void> {
    const draft = join(this.#folder, `${plan.id}.draft`);
    await writeFile(draft, JSON.stringify(plan), { mode: 0o600, flush: true });
    try {
      await link(draft, this.#path(plan.lab, 'json'));
    } catch (cause) {
      throw isCode(cause, 'EEXIST') ? trialRunning(cause) : cause;
    } finally {
      await rm(draft, { force: true });
    }
  }

  #path(lab: string, kind: 'json' | 'lock'): string {
    return join(this.#folder, `${encodeURIComponent(lab)}.${kind}`);
  }

  async #read(path: string): Promise<TrialPlan | null> {
    try {
      return keptSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    }
  }
}

function trialRunning(cause?: unknown): EscaleError {
  return new EscaleError(
    'conflict',
    'trial.running',
    { message: 'Un autre essai est en cours sur ce labo.', hint: 'Attendez sa fin, puis relancez le vôtre.' },
    { cause },
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
