import type { SourceUser } from '../../../../contract/source.ts';
import type { LabView, TrialGround } from '../../definitions.ts';
import type { UsersTable } from '../postgres/users-table.ts';
import { type Passage, watchPassage } from './passage.ts';
import { FAILING, type SourceFailure, twinOf } from './pipeline-document.ts';
import { tellsFailure } from './read-failure.ts';
import type { Sandbox } from './sandbox.ts';
import { readTable } from './sandbox-database.ts';

const RUN_MS = 90_000;
/** What a program may take to give up a source that does not answer. */
const GIVE_UP_MS = 60_000;

const NOT_STARTED: Passage = { code: 125, outOfMemory: false, refusal: '', log: '', requests: 0, tookMs: 0 };

/** One run and what it left in the database. */
export interface Turn {
  readonly passage: Passage;
  /** Null where there is none. */
  readonly table: UsersTable | null;
  /** What the source gave: the everyday one to a program that does not ask the trial's. */
  readonly users: readonly SourceUser[];
}

/** The runs of the pipeline in one sandbox, each against what the trial's source then says. */
export class PipelineRuns {
  readonly sandbox: Sandbox;
  readonly #view: LabView;
  readonly #ground: TrialGround;
  readonly #scenario: string;

  constructor(view: LabView, ground: TrialGround, sandbox: Sandbox, scenario: string) {
    this.#view = view;
    this.#ground = ground;
    this.#scenario = scenario;
    this.sandbox = sandbox;
  }

  /** On a database that is empty; or what the build says, where the image cannot be built. */
  async first(users: readonly SourceUser[]): Promise<Turn | { notBuilt: string } | 'no-database'> {
    const { etl } = this.sandbox.plan;
    await Promise.all([this.sandbox.install(), this.#give(users)]);
    const [built, database] = await Promise.all([this.sandbox.build(etl), this.sandbox.startDatabase()]);
    if (built.code !== 0) return { notBuilt: built.stderr };
    if (!database) return 'no-database';
    const started = await this.sandbox.up(etl);
    const there = (await this.sandbox.facts(etl)) !== null;
    const passage = there ? await this.#watch('') : { ...NOT_STARTED, refusal: started.stderr.trim().split('\n').at(-1) ?? '' };
    const given = passage.requests > 0 ? users : await this.#ground.source.users();
    return { passage, table: await this.table(), users: given };
  }

  /** The same container once more. */
  async next(users: readonly SourceUser[]): Promise<Turn> {
    const { etl } = this.sandbox.plan;
    await this.#give(users);
    await this.sandbox.end(etl);
    const before = await this.sandbox.log(etl);
    await this.sandbox.start(etl);
    return { passage: await this.#watch(before), table: await this.table(), users };
  }

  /** A twin, for which the source fails. */
  async failing(failure: SourceFailure): Promise<Passage> {
    const [service, scenario] = [twinOf(this.sandbox.plan.etl, failure), twinOf(this.#scenario, failure)];
    await this.#ground.source.set(scenario, FAILING[failure]);
    await this.sandbox.end(service);
    await this.sandbox.start(service);
    return watchPassage(this.#view, {
      sandbox: this.sandbox,
      service,
      scenario,
      limitMs: failure === 'slow' ? GIVE_UP_MS : RUN_MS,
      isDone: ({ requests, log }) => requests > 0 && tellsFailure(log),
    });
  }

  table(): Promise<UsersTable | null> {
    return readTable(this.#view, this.sandbox.container(this.sandbox.plan.database));
  }

  #give(users: readonly SourceUser[]): Promise<void> {
    return this.#ground.source.set(this.#scenario, { users: [...users] });
  }

  #watch(before: string): Promise<Passage> {
    const { etl } = this.sandbox.plan;
    const terms = { sandbox: this.sandbox, service: etl, scenario: this.#scenario, limitMs: RUN_MS, before };
    return watchPassage(this.#view, { ...terms, isDone: ({ requests }) => requests > 0 });
  }
}
