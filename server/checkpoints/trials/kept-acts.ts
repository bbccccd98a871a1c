import { randomUUID } from 'node:crypto';
import type { Act, ActOutcomes } from '../act.ts';
import { criterion } from '../catalogue.ts';
import type { LabView, Subject, TrialJournal } from '../definitions.ts';
import { createTrialView } from '../view.ts';
import { undoPlans, undoTrial } from './undo-trial.ts';

interface KeptActsOptions {
  readonly lab: string;
  readonly subject: Subject;
  readonly journal: TrialJournal;
}

interface Kept {
  readonly digest: string;
  readonly done: unknown;
}

/** The outcomes of a lab's acts, each kept until something that it depends on changes. */
export class KeptActs {
  readonly #options: KeptActsOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: KeptActsOptions) {
    this.#options = options;
  }

  /** For one look at `subject`, which may run the acts of these criteria, each once. */
  allowed(criteria: readonly string[], subject: Subject): ActOutcomes {
    const runnable = new Set(criteria.map((id) => criterion(id).act?.name));
    const ran = new Map<string, Promise<Kept>>();
    return {
      outcome: async <T>(act: Act<T>, view: LabView) => {
        const kept = runnable.has(act.name)
          ? await onceFor(ran, act.name, () => this.#run(act, view, subject))
          : await this.#stillHeld(act, view);
        // Kept under the act's own name: what it gave.
        return kept === null ? null : { done: kept.done as T };
      },
    };
  }

  async #stillHeld(act: Act<unknown>, view: LabView): Promise<Kept | null> {
    const kept = this.#kept.get(act.name);
    return kept?.digest === (await act.digest(view)) ? kept : null;
  }

  async #run(act: Act<unknown>, view: LabView, subject: Subject): Promise<Kept> {
    const digest = await act.digest(view);
    const kept = { digest, done: await this.#underJournal(act, view, subject) };
    this.#kept.set(act.name, kept);
    return kept;
  }

  /** Undone by requests of their own, which the end of the look does not end. */
  async #underJournal<T>(act: Act<T>, view: LabView, acting: Subject): Promise<T> {
    const { lab, subject, journal } = this.#options;
    const plan = { id: randomUUID(), lab, act: act.name, startedAt: new Date().toISOString() };
    await undoPlans(lab, subject, journal);
    await journal.begin(plan);
    try {
      return await act.run(createTrialView(acting, view, plan.id));
    } finally {
      await undoTrial(plan, subject, journal);
    }
  }
}

function onceFor<T>(ran: Map<string, Promise<T>>, name: string, run: () => Promise<T>): Promise<T> {
  const running = ran.get(name) ?? run();
  ran.set(name, running);
  return running;
}
