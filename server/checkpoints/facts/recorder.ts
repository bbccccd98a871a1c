import type { Act, ActOutcomes } from '../act.ts';
import type { LabView, Subject } from '../definitions.ts';
import { actQuestion, askedThrough, type Facts } from './facts.ts';

/** Keeps the answers of one look, and the outcomes of its acts. */
export class Recorder {
  readonly #facts: Record<string, unknown> = {};

  get facts(): Facts {
    return this.#facts;
  }

  recorded(subject: Subject): Subject {
    return askedThrough(subject, async (question, answer) => {
      const given = await answer();
      this.#facts[question] = given;
      return given;
    });
  }

  recordedActs(acts: ActOutcomes): ActOutcomes {
    return {
      outcome: async <T>(act: Act<T>, view: LabView) => {
        const outcome = await acts.outcome(act, view);
        // Null: an act of another task, which this play has not run.
        this.#facts[actQuestion(act)] = outcome === null ? null : outcome.done;
        return outcome;
      },
    };
  }
}
