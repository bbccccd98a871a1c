import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { ToolResult, TrialView } from '../../definitions.ts';
import type { ComposeDocument } from './compose-document.ts';
import { requireBuilt } from './require-built.ts';
import { takesConnections } from './sandbox-database.ts';
import { boundFolders } from './sandbox-document.ts';

const QUICK_MS = 120_000;
/** Packages are installed once; on a busy machine, a first build takes a quarter of an hour. */
const BUILD_MS = 20 * 60_000;
const UP_MS = 3 * 60_000;
const DATABASE_MS = 240_000;
const POLL_MS = 400;
const LOG_BYTES = 64 * 1024;

export interface SandboxPlan {
  /** The name of the Compose project, and of the file with its document. */
  readonly project: string;
  readonly document: ComposeDocument;
  readonly etl: string;
  readonly database: string;
  /** The other services that the ETL talks to. They are started with the database. */
  readonly beside: readonly string[];
  /** Whether the learner's own model restarts the ETL after a failure. */
  readonly restarts: boolean;
}

/** A trial's own Compose project, in the trial's folder. If Compose refuses something, that is a result and not an error. */
export class Sandbox {
  readonly plan: SandboxPlan;
  readonly #view: TrialView;
  readonly #folder: string;

  constructor(view: TrialView, folder: string, plan: SandboxPlan) {
    this.#view = view;
    this.#folder = folder;
    this.plan = plan;
  }

  /** Tells what the trial is at. */
  step(text: string): void {
    this.#view.step(text);
  }

  /** Writes the document for Compose. Call it again after a change of the document. */
  async install(document: ComposeDocument = this.plan.document): Promise<void> {
    const script = 'umask 077; cat > "$0"; for folder in "$@"; do [ -e "$folder" ] || (umask 022; mkdir -p "$folder"); done';
    const argv = ['bash', '-c', script, this.#file, ...boundFolders(document, `${this.#folder}/project`)];
    const written = await this.#view.run(argv, { timeoutMs: QUICK_MS, stdin: JSON.stringify(document) });
    if (written.code !== 0) throw new LabUnavailable('lab', { cause: new Error(written.stderr) });
  }

  /** Throws if the failure is not the project's. */
  async build(service: string): Promise<ToolResult> {
    this.step('L’image du programme se construit');
    return requireBuilt(await this.compose(['build', service], BUILD_MS));
  }

  async buildAll(): Promise<ToolResult> {
    this.step('Les images se construisent');
    return requireBuilt(await this.compose(['build'], BUILD_MS));
  }

  up(...services: string[]): Promise<ToolResult> {
    return this.compose(['up', '-d', '--no-build', ...services], UP_MS);
  }

  create(...services: string[]): Promise<ToolResult> {
    return this.compose(['create', '--no-build', '--no-recreate', ...services], QUICK_MS);
  }

  /** Starts the database and waits until it answers. False if it cannot. */
  async startDatabase(): Promise<boolean> {
    const { database, document, beside } = this.plan;
    if (document.services[database]?.build !== undefined && (await this.build(database)).code !== 0) return false;
    if ((await this.up(database)).code !== 0) return false;
    // If one of them cannot start, the ETL's own log tells.
    if (beside.length > 0) await this.up(...beside);
    return this.databaseAnswers();
  }

  /** Ends the container if it still runs. */
  async end(service: string): Promise<void> {
    if ((await this.facts(service))?.state === 'running') await this.compose(['kill', service], QUICK_MS);
  }

  /** Starts a service alone, whatever it depends on. */
  upAlone(service: string): Promise<ToolResult> {
    return this.compose(['up', '-d', '--no-build', '--no-deps', service], UP_MS);
  }

  /** Ends a service as an administrator does. */
  async stop(service: string): Promise<void> {
    await this.#view.run(['docker', 'stop', '--time', '10', this.container(service)], { timeoutMs: QUICK_MS });
  }

  /** Starts the existing container of a service. */
  async start(service: string): Promise<ToolResult> {
    return this.#view.run(['docker', 'start', this.container(service)], { timeoutMs: QUICK_MS });
  }

  /** Removes containers, unnamed volumes and networks. Named volumes are kept unless `volumes` is set, as by `docker compose down`. */
  async down({ volumes }: { volumes: boolean } = { volumes: false }): Promise<void> {
    await this.compose(['rm', '--stop', '--force', '--volumes'], QUICK_MS);
    await this.compose(['down', '--timeout', '5', ...(volumes ? ['--volumes'] : [])], QUICK_MS);
  }

  /** The document is resolved: the project's `.env`, which may be what is wrong, is not read again. */
  compose(args: readonly string[], timeoutMs: number): Promise<ToolResult> {
    const place = [
      '--env-file',
      '/dev/null',
      '--project-directory',
      `${this.#folder}/project`,
      '--file',
      this.#file,
      '--project-name',
      this.plan.project,
    ];
    return this.#view.run(['docker', 'compose', ...place, ...args], { timeoutMs });
  }

  container(service: string): string {
    return `${this.plan.project}-${service}-1`;
  }

  /** Null if the service has no container. */
  facts(service: string): Promise<ContainerFacts | null> {
    return this.#view.engine.container(this.container(service));
  }

  log(service: string): Promise<string> {
    return this.#view.engine.logs(this.container(service), { maxBytes: LOG_BYTES });
  }

  /** Whether the database answers in time. False as soon as it has ended. */
  async databaseAnswers(): Promise<boolean> {
    const until = Date.now() + DATABASE_MS;
    while (Date.now() < until) {
      const facts = await this.facts(this.plan.database);
      if (facts === null || facts.state === 'exited' || facts.state === 'dead') return false;
      if (await takesConnections(this.#view, this.container(this.plan.database))) return true;
      await sleep(POLL_MS);
    }
    return false;
  }

  /** The files that a run wrote under `logs/` of the copied project. */
  async logFiles(): Promise<{ path: string; size: number }[]> {
    const find = ['find', `${this.#folder}/project/logs`, '-type', 'f', '!', '-name', '.*', '-printf', '%s %P\\n'];
    const { stdout } = await this.#view.run(find, { timeoutMs: QUICK_MS });
    return stdout.split('\n').flatMap((line) => {
      const [, size, path] = /^(\d+) (.+)$/.exec(line) ?? [];
      return size === undefined || path === undefined ? [] : [{ size: Number(size), path: `logs/${path}` }];
    });
  }

  get #file(): string {
    return `${this.#folder}/${this.plan.project}.json`;
  }
}
