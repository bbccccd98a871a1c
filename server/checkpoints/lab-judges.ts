import type { FastifyBaseLogger } from 'fastify';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { LabAccess } from '../labs/service/lab-access.ts';
import type { LabJudge } from '../labs/service/lab-judge.ts';
import { sourceOf } from '../labs/source/source-control.ts';
import { createChecker } from './checker.ts';
import type { TrialJournal } from './definitions.ts';
import { subjectOfLab } from './subject-of-lab.ts';
import { undoLeftovers } from './trials/undo-trial.ts';

export interface LabJudgesOptions {
  readonly journal: TrialJournal;
  readonly log: FastifyBaseLogger;
}

/** One judge for each lab as it is reached now: a lab that started anew has a new agent, and is judged anew. */
export class LabJudges {
  readonly #options: LabJudgesOptions;
  readonly #judges = new WeakMap<LabAgent, LabJudge>();

  constructor(options: LabJudgesOptions) {
    this.#options = options;
  }

  of(lab: string, agent: LabAgent, access: LabAccess): LabJudge {
    const known = this.#judges.get(agent);
    if (known !== undefined) return known;
    const judge = this.#create(lab, agent, access);
    this.#judges.set(agent, judge);
    return judge;
  }

  #create(lab: string, agent: LabAgent, access: LabAccess): LabJudge {
    const { journal, log } = this.#options;
    const subject = subjectOfLab(agent, sourceOf(access));
    const onFault = (criterion: string, error: unknown): void => log.error({ lab, criterion, err: error }, 'probe failed');
    const checker = createChecker({ lab, subject, journal, onFault });
    // What a killed process left is gone before anything is looked at.
    const undone = undoLeftovers(lab, subject, journal).catch((error: unknown) => log.warn({ lab, err: error }, 'trial not undone yet'));
    const never = new AbortController().signal;
    return {
      check: async (tasks, { trials, waitMs, signal = never }) => {
        await undone;
        return checker.check(tasks, { trials, waitMs, signal });
      },
      tryOne: async (criterion, signal) => {
        await undone;
        return checker.tryOne(criterion, signal);
      },
      engineEvents: (onEvent, signal) => subject.engine.events(onEvent, signal),
    };
  }
}
