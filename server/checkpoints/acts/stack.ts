import type { SourceUser } from '../../../contract/source.ts';
import type { ContainerMount } from '../../lab-engine/definitions.ts';
import { LabUnavailable } from '../../lab-engine/lab-unavailable.ts';
import type { Act } from '../act.ts';
import type { ToolResult, TrialView } from '../definitions.ts';
import type { UsersTable } from '../readers/postgres/users-table.ts';
import { delayed } from './sandbox/alter-document.ts';
import type { DocumentService } from './sandbox/compose-document.ts';
import { prepareSandbox } from './sandbox/prepare-sandbox.ts';
import { projectDigest } from './sandbox/project-digest.ts';
import { type Run, watchRun } from './sandbox/run.ts';
import { Sandbox, type SandboxPlan } from './sandbox/sandbox.ts';
import { readTable, tellDatabase } from './sandbox/sandbox-database.ts';

const RUN_MS = 90_000;
/** The database starts this many seconds after its container: longer than a program needs to import its libraries on a busy machine. */
export const LATE_S = 15;
/** Maximum number of restarts by Compose's own `restart`. */
const RESTARTS = 5;
const MARKER = 'escale_essai';

/** One `up` from a copy of the project, without volumes. */
export interface StackRun {
  readonly built: ToolResult;
  /** Null if the build failed. */
  readonly up: ToolResult | null;
  /** The ETL's run. Null if its container was never started. */
  readonly run: Run | null;
  readonly table: UsersTable | null;
  /** The files in `logs/` afterwards. */
  readonly logs: readonly { readonly path: string; readonly size: number }[];
}

/** What the learner's stack did in a sandbox. */
export interface StackOutcome {
  /** The names of the two services. */
  readonly etl: string;
  readonly database: string;
  /** What the everyday source returns. */
  readonly users: readonly SourceUser[];
  /** A start with a late database. */
  readonly late: StackRun;
  /** Another start after that, with the database ready. Null if the late start succeeded. */
  readonly ready: StackRun | null;
  readonly persistence: Persistence;
}

export type Persistence =
  | { readonly state: 'no-database' }
  /** The data are on a volume that is new for each container. */
  | { readonly state: 'unnamed'; readonly folder: string; readonly mounts: readonly ContainerMount[] }
  | {
      readonly state: 'tried';
      readonly folder: string;
      readonly mounts: readonly ContainerMount[];
      readonly marker: boolean;
      readonly before: number;
      readonly after: number;
    };

/** Starts a copy of the learner's stack beside it: with a late database, then `down` and `up`. Null if the Compose file does not have both services. */
export const stackAct: Act<StackOutcome | null> = {
  name: 'stack',
  version: 1,
  announce:
    'L’essai copie votre projet et démarre, à côté de vos services et sous d’autres noms, une base qui tarde et votre ETL ; puis il les retire et redémarre la base. Il prend une à deux minutes, plus la construction de l’image si elle a changé. Vos conteneurs, vos volumes et vos données ne sont pas touchés ; rien ne reste ensuite.',
  usualMs: 90_000,
  digest: projectDigest,
  async run(view) {
    const { environment, folder, learners } = await prepareSandbox(view);
    if (learners === null) return null;
    const sandbox = new Sandbox(view, folder, learners);
    const users = await environment.source.users();
    const late = await runStack(view, sandbox, await lateDocument(view, learners));
    const ready = succeeded(late) ? null : await runReady(view, sandbox);
    const { etl, database } = learners;
    return { etl, database, users, late, ready, persistence: await tryPersistence(view, sandbox) };
  },
};

export function succeeded({ run, table }: StackRun): boolean {
  return (table?.count ?? 0) > 0 && (run?.code === 0 || run?.code === null);
}

async function lateDocument(view: TrialView, { document, database }: SandboxPlan): Promise<SandboxPlan['document']> {
  const service = document.services[database];
  const image = service?.image === undefined ? null : await view.engine.image(service.image);
  const usual = { entrypoint: ['docker-entrypoint.sh'], cmd: ['postgres'] };
  return delayed(document, database, patience(service?.healthcheck), image ?? usual);
}

/** How late the database starts: within the time that the learner's health check allows, so that only the ETL is tested. */
function patience(health: DocumentService['healthcheck']): number {
  if (health === undefined) return LATE_S;
  const allowed = seconds(health.start_period ?? '0s') + seconds(health.interval ?? '30s') * (health.retries ?? 3);
  return Math.max(2, Math.min(LATE_S, Math.floor(allowed / 2)));
}

/** `1m30s`, `500ms`. */
function seconds(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6 };
  return [...duration.matchAll(/([\d.]+)(ms|us|h|m|s)/g)].reduce(
    (sum, [, value, unit = 's']) => sum + Number(value) * (units[unit] ?? 1),
    0,
  );
}

async function runStack(view: TrialView, sandbox: Sandbox, document: SandboxPlan['document']): Promise<StackRun> {
  await sandbox.install(document);
  const { etl, database, beside } = sandbox.plan;
  const built = await sandbox.buildAll();
  if (built.code !== 0) return { built, up: null, run: null, table: null, logs: [] };
  sandbox.step('La base et votre ETL démarrent ensemble');
  const up = await sandbox.up(database, ...beside, etl);
  const run = await runOf(view, sandbox);
  const there = await sandbox.databaseAnswers();
  const table = there ? await readTable(view, sandbox.container(database)) : null;
  return { built, up, run, table, logs: await sandbox.logFiles() };
}

/** Starts the stack from new containers, with the database ready before the ETL. */
async function runReady(view: TrialView, sandbox: Sandbox): Promise<StackRun> {
  await sandbox.down({ volumes: true });
  await sandbox.install();
  await sandbox.startDatabase();
  return runStack(view, sandbox, sandbox.plan.document);
}

/** The ETL's run. After a failure, the restarts that the learner's own `restart` would cause. */
async function runOf(view: TrialView, sandbox: Sandbox): Promise<Run | null> {
  const { etl, restarts } = sandbox.plan;
  let run = await watch(view, sandbox);
  for (let again = 0; restarts && again < RESTARTS && run !== null && run.code !== null && run.code !== 0; again++) {
    await sandbox.start(etl);
    run = await watch(view, sandbox);
  }
  return run;
}

async function watch(view: TrialView, sandbox: Sandbox): Promise<Run | null> {
  const facts = await sandbox.facts(sandbox.plan.etl);
  if (facts === null || (facts.state === 'created' && facts.error === '')) return null;
  return watchRun(view, { sandbox, service: sandbox.plan.etl, scenario: null, limitMs: RUN_MS, isDone: ({ log }) => log !== '' });
}

/** Creates a table, then does `down` and `up`: are the table and the loaded rows still there? */
async function tryPersistence(view: TrialView, sandbox: Sandbox): Promise<Persistence> {
  const reference = sandbox.container(sandbox.plan.database);
  const container = (await sandbox.databaseAnswers()) ? await view.engine.container(reference) : null;
  if (container === null) return { state: 'no-database' };
  const { mounts } = container;
  const folder = await tellDatabase(view, container, 'SHOW data_directory');
  if (!folder.startsWith('/')) throw new LabUnavailable('engine', { cause: new Error(folder) });
  if (isUnnamed(mountOf(mounts, folder))) return { state: 'unnamed', folder, mounts };
  await tellDatabase(view, container, `CREATE TABLE ${MARKER} AS SELECT 1 AS here`);
  sandbox.step('Les conteneurs sont retirés, puis la base redémarre');
  const before = (await readTable(view, reference))?.count ?? 0;
  await sandbox.down({ volumes: false });
  await sandbox.install();
  const anew = (await sandbox.startDatabase()) ? await view.engine.container(reference) : null;
  const marker = anew !== null && (await tellDatabase(view, anew, `SELECT here FROM ${MARKER}`)) === '1';
  return { state: 'tried', folder, mounts, marker, before, after: (await readTable(view, reference))?.count ?? 0 };
}

/** Whether Docker chose the volume's name: each new container gets another volume. */
export function isUnnamed(mount: ContainerMount | null): boolean {
  return mount?.kind === 'volume' && /^[0-9a-f]{64}$/.test(mount.source);
}

/** The deepest mount that contains a folder. */
export function mountOf(mounts: readonly ContainerMount[], folder: string): ContainerMount | null {
  const over = mounts.filter(({ target }) => folder === target || folder.startsWith(`${target.replace(/\/$/, '')}/`));
  return over.reduce<ContainerMount | null>(
    (deepest, mount) => (deepest && deepest.target.length >= mount.target.length ? deepest : mount),
    null,
  );
}
