import { randomUUID } from 'node:crypto';
import type { Act, ActOutcomes } from '../act.ts';
import { criterion } from '../catalogue.ts';
import type { LabView, OutcomeStore, Subject, TrialJournal, TrialView } from '../definitions.ts';
import { createTrialView } from '../view.ts';
import { undoPlans, undoTrial } from './undo-trial.ts';

interface KeptActsOptions {
  readonly lab: string;
  readonly subject: Subject;
  readonly journal: TrialJournal;
  readonly outcomes: OutcomeStore;
}

interface Outcome {
  readonly done: unknown;
}

/** The outcomes of a lab's acts. Each holds whenever what it depends on is as it was then. */
export class KeptActs {
  readonly #options: KeptActsOptions;

  constructor(options: KeptActsOptions) {
    this.#options = options;
  }

  /** The outcomes for one look at `subject`. The look may run the acts of these criteria, each once; `onStep` is told what they are at. */
  allowed(criteria: readonly string[], subject: Subject, onStep: TrialView['step'] = () => undefined): ActOutcomes {
    const runnable = new Set(criteria.map((id) => criterion(id).act?.name));
    const ran = new Map<string, Promise<Outcome>>();
    return {
      outcome: async <T>(act: Act<T>, view: LabView) => {
        const outcome = runnable.has(act.name)
          ? await onceFor(ran, act.name, () => this.#run(act, view, subject, onStep))
          : await this.#stillHeld(act, view);
        // Each outcome is kept under the name and the version of its act.
        return outcome === null ? null : { done: outcome.done as T };
      },
    };
  }

  async #stillHeld(act: Act<unknown>, view: LabView): Promise<Outcome | null> {
    const { lab, outcomes } = this.#options;
    const name = keptName(act);
    return outcomes.digests(lab, name).length === 0 ? null : outcomes.find(lab, name, await act.digest(view));
  }

  async #run(act: Act<unknown>, view: LabView, subject: Subject, onStep: TrialView['step']): Promise<Outcome> {
    const { lab, outcomes } = this.#options;
    const digest = await act.digest(view);
    const done = await this.#underJournal(act, view, subject, onStep);
    outcomes.keep(lab, keptName(act), digest, done);
    return { done };
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

function keptName({ name, version }: Act<unknown>): string {
  return `${name}@${version}`;
}
