import { randomUUID } from 'node:crypto';
import type { Act, ActOutcomes } from '../act.ts';
import { criterion } from '../catalogue.ts';
import type { LabView, Subject, TrialJournal, TrialView } from '../definitions.ts';
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

/** The outcomes of a lab's acts. Each is kept until its digest changes. */
export class KeptActs {
  readonly #options: KeptActsOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: KeptActsOptions) {
    this.#options = options;
  }

  /** The outcomes for one look at `subject`. The look may run the acts of these criteria, each once; `onStep` is told what they are at. */
  allowed(criteria: readonly string[], subject: Subject, onStep: TrialView['step'] = () => undefined): ActOutcomes {
    const runnable = new Set(criteria.map((id) => criterion(id).act?.name));
    const ran = new Map<string, Promise<Kept>>();
    return {
      outcome: async <T>(act: Act<T>, view: LabView) => {
        const kept = runnable.has(act.name)
          ? await onceFor(ran, act.name, () => this.#run(act, view, subject, onStep))
          : await this.#stillHeld(act, view);
        // The map holds each outcome under the name of its act.
        return kept === null ? null : { done: kept.done as T };
      },
    };
  }

  async #stillHeld(act: Act<unknown>, view: LabView): Promise<Kept | null> {
    const kept = this.#kept.get(act.name);
    return kept?.digest === (await act.digest(view)) ? kept : null;
  }

  async #run(act: Act<unknown>, view: LabView, subject: Subject, onStep: TrialView['step']): Promise<Kept> {
    const digest = await act.digest(view);
    const kept = { digest, done: await this.#underJournal(act, view, subject, onStep) };
    this.#kept.set(act.name, kept);
    return kept;
  }

  /** The trial is undone through a subject that the look's signal does not abort. */
  async #underJournal<T>(act: Act<T>, view: LabView, acting: Subject, onStep: TrialView['step']): Promise<T> {
    const { lab, subject, journal } = this.#options;
    const plan = { id: randomUUID(), lab, act: act.name, startedAt: new Date().toISOString() };
    await undoPlans(lab, subject, journal);
    await journal.begin(plan);
    try {
      return await act.run(createTrialView(acting, view, plan.id, onStep));
    } finally {
      onStep('L’essai retire tout ce qu’il a créé');
      await undoTrial(plan, subject, journal);
    }
  }
}

function onceFor<T>(ran: Map<string, Promise<T>>, name: string, run: () => Promise<T>): Promise<T> {
  const running = ran.get(name) ?? run();
  ran.set(name, running);
  return running;
}
