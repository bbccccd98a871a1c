import type { SourceUser } from '../../../../contract/source.ts';
import type { TrialEnvironment, TrialView } from '../../definitions.ts';
import { tellsFailure } from '../../readers/logs/read-failure.ts';
import type { UsersTable } from '../../readers/postgres/users-table.ts';
import { FAILING, type SourceFailure, twinOf } from './pipeline-document.ts';
import { type Run, watchRun } from './run.ts';
import type { Sandbox } from './sandbox.ts';
import { otherTables, readTable } from './sandbox-database.ts';

/** A busy machine takes a minute to import the libraries alone. */
const RUN_MS = 180_000;
/** Maximum time for a program to give up on a source that does not answer. */
const GIVE_UP_MS = 90_000;

const NOT_STARTED: Run = { code: 125, outOfMemory: false, refusal: '', log: '', requests: 0, tookMs: 0 };

/** One run, and the table after it. */
export interface PipelineRun {
  readonly run: Run;
  /** Null if there is no table. */
  readonly table: UsersTable | null;
  /** What the source returned: the everyday source, if the program does not ask the trial's. */
  readonly users: readonly SourceUser[];
  /** When the table was read, in milliseconds since 1970. */
  readonly atMs: number;
  /** The other tables of the database, if there is no `users_data`. */
  readonly others: readonly string[];
}

/** The runs of the pipeline in one sandbox, each with what the trial's source returns at that time. */
export class PipelineRunner {
  readonly sandbox: Sandbox;
  readonly #view: TrialView;
  readonly #environment: TrialEnvironment;
  readonly #scenario: string;

  constructor(view: TrialView, environment: TrialEnvironment, sandbox: Sandbox, scenario: string) {
    this.#view = view;
    this.#environment = environment;
    this.#scenario = scenario;
    this.sandbox = sandbox;
  }

  /** The first run, on an empty database. If the image cannot be built: the output of the build. */
  async first(users: readonly SourceUser[]): Promise<PipelineRun | { notBuilt: string } | 'no-database'> {
    const { etl } = this.sandbox.plan;
    await Promise.all([this.sandbox.install(), this.#give(users)]);
    const [built, database] = await Promise.all([this.sandbox.build(etl), this.sandbox.startDatabase()]);
    if (built.code !== 0) return { notBuilt: built.stderr };
    if (!database) return 'no-database';
    this.sandbox.step('Votre programme tourne devant une base neuve');
    const started = await this.sandbox.up(etl);
    const there = (await this.sandbox.facts(etl)) !== null;
    const run = there ? await this.#watch('') : { ...NOT_STARTED, refusal: started.stderr.trim().split('\n').at(-1) ?? '' };
    const given = run.requests > 0 ? users : await this.#environment.source.users();
    return { run, users: given, ...(await this.#loaded()) };
  }

  /** Runs the same container again. */
  async next(users: readonly SourceUser[]): Promise<PipelineRun> {
    await this.#give(users);
    return { run: await this.#again(), users, ...(await this.#loaded()) };
  }

  /** Runs the copy of the pipeline whose source fails in this way. */
  async failing(failure: SourceFailure): Promise<Run> {
    const [service, scenario] = [twinOf(this.sandbox.plan.etl, failure), twinOf(this.#scenario, failure)];
    await this.#environment.source.set(scenario, FAILING[failure]);
    await this.sandbox.end(service);
    await this.sandbox.start(service);
    return watchRun(this.#view, {
      sandbox: this.sandbox,
      service,
      scenario,
      limitMs: failure === 'slow' ? GIVE_UP_MS : RUN_MS,
      isDone: ({ requests, log }) => requests > 0 && tellsFailure(log),
    });
  }

  /** Runs the pipeline's own container again, with a source that fails in this way. */
  async failingAgain(failure: SourceFailure): Promise<Run> {
    await this.#environment.source.set(this.#scenario, FAILING[failure]);
    return this.#again();
  }

  table(): Promise<UsersTable | null> {
    return readTable(this.#view, this.sandbox.container(this.sandbox.plan.database));
  }

  async #again(): Promise<Run> {
    const { etl } = this.sandbox.plan;
    await this.sandbox.end(etl);
    const before = await this.sandbox.log(etl);
    await this.sandbox.start(etl);
    return this.#watch(before);
  }

  async #loaded(): Promise<Pick<PipelineRun, 'table' | 'atMs' | 'others'>> {
    const table = await this.table();
    const others = table === null ? await otherTables(this.#view, this.sandbox.container(this.sandbox.plan.database)) : [];
    return { table, atMs: Date.now(), others };
  }

  #give(users: readonly SourceUser[]): Promise<void> {
    return this.#environment.source.set(this.#scenario, { users: [...users] });
  }

  #watch(before: string): Promise<Run> {
    const { etl } = this.sandbox.plan;
    const terms = { sandbox: this.sandbox, service: etl, scenario: this.#scenario, limitMs: RUN_MS, before };
    return watchRun(this.#view, { ...terms, isDone: ({ requests }) => requests > 0 });
  }
}
