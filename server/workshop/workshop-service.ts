import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { FastifyBaseLogger } from 'fastify';
import type { WorkshopAction, WorkshopStatus } from '../../contract/workshop.ts';
import type { Subject, TrialJournal } from '../checkpoints/definitions.ts';
import { undoPlans } from '../checkpoints/trials/undo-trial.ts';
import { asEscaleError } from '../errors/as-escale-error.ts';
import { EscaleError } from '../errors/escale-error.ts';
import { LabUnavailable } from '../lab-engine/lab-unavailable.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { Fault } from './definitions.ts';
import { faultNamed } from './fault-named.ts';
import { FAULTS } from './faults/index.ts';
import { judge } from './judge.ts';
import { openWorkshop } from './open-workshop.ts';
import { CLOSED, type Session, sessionSchema } from './session.ts';
import { WORKSHOP_FOLDER } from './workshop-names.ts';
import { WorkshopStack } from './workshop-stack.ts';

/** Longer than the images of a copy take to build on a busy machine. */
const ACTION_MS = 20 * 60_000;

/** Where sessions are kept, as text. */
export interface SessionStore {
  find(lab: string): string | null;
  keep(lab: string, session: string): void;
}

export interface WorkshopOptions {
  readonly store: SessionStore;
  readonly journal: TrialJournal;
  /** A ready lab: its agent, and the lab as criteria see it. Throws `lab.away` if it is not ready. */
  readonly reach: (lab: string) => Promise<{ agent: LabAgent; subject: Subject }>;
  /** The faults that are drawn, in the order to try them. */
  readonly draw: (faults: readonly Fault[]) => readonly Fault[];
  readonly log: FastifyBaseLogger;
}

export interface ActOptions {
  /** `start` only: this fault and no other. */
  readonly fault?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the command line and the page ask for. */
export interface Workshops {
  status(lab: string): Promise<WorkshopStatus>;
  /** Resolves once the action has ended; refuses a second one meanwhile. */
  act(lab: string, action: WorkshopAction, options?: ActOptions): Promise<WorkshopStatus>;
}

interface Job {
  doing: string;
}

/** The workshops of all labs. Emits the lab's id whenever its status changes. */
export class WorkshopService extends EventEmitter<{ change: [string] }> implements Workshops {
  readonly #options: WorkshopOptions;
  readonly #jobs = new Map<string, Job>();
  readonly #problems = new Map<string, EscaleError>();

  constructor(options: WorkshopOptions) {
    super();
    this.#options = options;
  }

  async status(lab: string): Promise<WorkshopStatus> {
    return this.statusNow(lab);
  }

  statusNow(lab: string): WorkshopStatus {
    const { phase, fault, verdict, mended } = this.#session(lab);
    const doing = this.#jobs.get(lab)?.doing;
    const problem = this.#problems.get(lab);
    const known = FAULTS.find(({ id }) => id === fault);
    const state = phase === 'open' || phase === 'mended' ? phase : 'closed';
    return {
      state,
      ...(doing === undefined ? {} : { doing }),
      folder: WORKSHOP_FOLDER,
      ...(state === 'closed' || known === undefined ? {} : { fault: shown(known, state === 'mended') }),
      ...(state === 'closed' || verdict === undefined ? {} : { verdict }),
      mended,
      of: FAULTS.length,
      ...(problem === undefined ? {} : { problem: problem.toBody().error }),
    };
  }

  async act(lab: string, action: WorkshopAction, { fault, signal }: ActOptions = {}): Promise<WorkshopStatus> {
    const wanted = fault === undefined ? undefined : faultNamed(fault);
    if (this.#jobs.has(lab)) throw busy();
    this.#problems.delete(lab);
    const job = { doing: 'préparation' };
    this.#jobs.set(lab, job);
    this.emit('change', lab);
    try {
      const bounded = AbortSignal.any([AbortSignal.timeout(ACTION_MS), ...(signal === undefined ? [] : [signal])]);
      await this.#underLock(lab, bounded, (stack, reached) => this.#perform(lab, action, { ...reached, stack, wanted, job }));
    } catch (thrown) {
      const error = asWorkshopError(thrown);
      this.#problems.set(lab, error);
      this.#options.log.warn({ lab, action, err: error }, 'workshop action failed');
      throw error;
    } finally {
      this.#jobs.delete(lab);
      this.emit('change', lab);
    }
    return this.statusNow(lab);
  }

  /** Removes what a killed process left half made or half removed. */
  async recover(lab: string): Promise<void> {
    const { phase } = this.#session(lab);
    if (this.#jobs.has(lab) || (phase !== 'preparing' && phase !== 'leaving')) return;
    try {
      await this.act(lab, 'leave');
    } catch (error) {
      this.#options.log.info({ lab, err: error }, 'workshop not cleared yet');
    }
  }

  async #perform(lab: string, action: WorkshopAction, on: Acting): Promise<void> {
    const session = this.#session(lab);
    if (action === 'start') await this.#open(lab, this.#candidates(session, on.wanted), on);
    else if (action === 'leave') await this.#leave(lab, on);
    else if (session.phase !== 'open' && session.phase !== 'mended') throw closed();
    else if (action === 'restore') await this.#open(lab, [faultNamed(session.fault)], on);
    else await this.#check(lab, session, on);
  }

  /** Faults that were not mended yet come first, and the current one last. */
  #candidates({ fault, mended }: Session, wanted: Fault | undefined): readonly Fault[] {
    if (wanted !== undefined) return [wanted];
    const drawn = this.#options.draw(FAULTS);
    const rank = ({ id }: Fault) => Number(mended.includes(id)) + 2 * Number(id === fault);
    return [...drawn].sort((one, other) => rank(one) - rank(other));
  }

  async #open(lab: string, faults: readonly Fault[], { agent, subject, stack, job }: Acting): Promise<void> {
    const { phase, mended } = this.#session(lab);
    if (phase === 'closed') await requireFree(stack);
    this.#keep(lab, { ...CLOSED, mended, phase: 'preparing' });
    try {
      const tell = (doing: string): void => {
        job.doing = doing;
        this.emit('change', lab);
      };
      const opened = await openWorkshop({ agent, subject, stack, faults, witness: randomUUID().slice(0, 8), tell });
      this.#keep(lab, { ...opened, mended });
    } catch (error) {
      await this.#leave(lab, { agent, subject, stack: stack.lasting(), job });
      throw error;
    }
  }

  async #check(lab: string, session: Session, { stack, job }: Acting): Promise<void> {
    if (!(await stack.exists())) {
      await this.#leave(lab, { stack });
      throw gone();
    }
    job.doing = 'la copie est retirée, redémarrée, puis jugée';
    this.emit('change', lab);
    const verdict = await judge(stack, faultNamed(session.fault), session);
    const met = verdict.verdict === 'met';
    const mended = met ? [...new Set([...session.mended, session.fault])] : session.mended;
    this.#keep(lab, { ...session, verdict, mended, phase: met ? 'mended' : 'open' });
  }

  async #leave(lab: string, { stack }: Pick<Acting, 'stack'> & Partial<Acting>): Promise<void> {
    const { phase, mended } = this.#session(lab);
    if (phase === 'closed') return;
    this.#keep(lab, { ...CLOSED, mended, phase: 'leaving' });
    await stack.remove();
    this.#keep(lab, { ...CLOSED, mended });
  }

  /** Trials and workshops of a lab follow one another, in whatever process. */
  async #underLock(lab: string, signal: AbortSignal, run: (stack: WorkshopStack, reached: Reached) => Promise<void>): Promise<void> {
    const { journal, reach } = this.#options;
    const reached = await reach(lab);
    await undoPlans(lab, reached.subject, journal);
    const plan = { id: randomUUID(), lab, act: 'workshop', startedAt: new Date().toISOString() };
    await journal.begin(plan);
    try {
      await run(new WorkshopStack(reached.agent, reached.subject, signal), reached);
    } finally {
      await journal.end(plan);
    }
  }

  #session(lab: string): Session {
    const kept = this.#options.store.find(lab);
    return kept === null ? CLOSED : sessionSchema.parse(JSON.parse(kept));
  }

  #keep(lab: string, session: Session): void {
    this.#options.store.keep(lab, JSON.stringify(session));
  }
}

interface Reached {
  readonly agent: LabAgent;
  readonly subject: Subject;
}

interface Acting extends Reached {
  readonly stack: WorkshopStack;
  readonly wanted?: Fault | undefined;
  readonly job: Job;
}

function shown({ id, symptom, hints, cause }: Fault, mended: boolean): NonNullable<WorkshopStatus['fault']> {
  return { id, symptom, hints: [...hints], ...(mended ? { cause } : {}) };
}

/** Nothing that is not the workshop's is ever removed, so its names must be free. */
async function requireFree(stack: WorkshopStack): Promise<void> {
  const [first] = await stack.present();
  if (first === undefined) return;
  throw new EscaleError('conflict', 'workshop.name-taken', {
    message: `L’atelier a besoin du nom « atelier », et il y a déjà ${first}, qui n’est pas à lui.`,
    hint: 'Donnez-lui un autre nom ou retirez-le, puis ouvrez l’atelier.',
  });
}

function asWorkshopError(thrown: unknown): EscaleError {
  if (!(thrown instanceof LabUnavailable)) return asEscaleError(thrown);
  return new EscaleError(
    'unavailable',
    'workshop.lab-silent',
    {
      message: 'Le labo ou son moteur n’a pas répondu à l’atelier.',
      hint: 'Vérifiez dans la barre d’état que le moteur tourne, puis recommencez.',
    },
    { cause: thrown },
  );
}

function busy(): EscaleError {
  return new EscaleError('conflict', 'workshop.busy', { message: 'L’atelier est déjà au travail.', hint: 'Attendez qu’il ait fini.' });
}

function closed(): EscaleError {
  return new EscaleError('conflict', 'workshop.closed', {
    message: 'Aucun atelier n’est ouvert dans ce labo.',
    hint: 'Ouvrez-le d’abord : il tire une panne.',
  });
}

function gone(): EscaleError {
  return new EscaleError('conflict', 'workshop.gone', {
    message: 'Le dossier de l’atelier n’existe plus : l’atelier est fermé.',
    hint: 'Ouvrez-le de nouveau : il refait une copie et tire une panne.',
  });
}
