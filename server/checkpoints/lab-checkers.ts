import type { FastifyBaseLogger } from 'fastify';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { LabAccess } from '../labs/service/lab-access.ts';
import type { LabChecker } from '../labs/service/lab-checker.ts';
import { sourceOf } from '../labs/source/source-control.ts';
import { createChecker } from './checker.ts';
import type { OutcomeStore, TrialJournal } from './definitions.ts';
import { subjectOfLab } from './subject-of-lab.ts';
import { undoLeftovers } from './trials/undo-trial.ts';

export interface LabCheckersOptions {
  readonly journal: TrialJournal;
  readonly outcomes: OutcomeStore;
  readonly log: FastifyBaseLogger;
}

/** One checker per lab and agent: a restarted lab has a new agent, and gets a new checker. */
export class LabCheckers {
  readonly #options: LabCheckersOptions;
  readonly #known = new WeakMap<LabAgent, LabChecker>();

  constructor(options: LabCheckersOptions) {
    this.#options = options;
  }

  of(lab: string, agent: LabAgent, access: LabAccess): LabChecker {
    const known = this.#known.get(agent);
    if (known !== undefined) return known;
    const checker = this.#create(lab, agent, access);
    this.#known.set(agent, checker);
    return checker;
  }

  #create(lab: string, agent: LabAgent, access: LabAccess): LabChecker {
    const { journal, outcomes, log } = this.#options;
    const subject = subjectOfLab(agent, sourceOf(access));
    const onFault = (criterion: string, error: unknown): void => log.error({ lab, criterion, err: error }, 'criterion failed');
    const checker = createChecker({ lab, subject, journal, outcomes, onFault });
    // Removes what a killed process left, before the first look.
    const undone = undoLeftovers(lab, subject, journal).catch((error: unknown) => log.warn({ lab, err: error }, 'trial not undone yet'));
    const never = new AbortController().signal;
    return {
      check: async (tasks, { trials, waitMs, signal = never }) => {
        await undone;
        return checker.check(tasks, { trials, waitMs, signal });
      },
      tryOne: async (criterion, signal, onProgress) => {
        await undone;
        return checker.tryOne(criterion, signal, onProgress);
      },
      engineEvents: (onEvent, signal) => subject.engine.events(onEvent, signal),
    };
  }
}
