import type { SourceUser } from '../../../../contract/source.ts';
import type { ContainerMount } from '../../../lab-engine/definitions.ts';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { LabView, ToolResult } from '../../definitions.ts';
import type { UsersTable } from '../postgres/users-table.ts';
import { delayed } from './alter-document.ts';
import type { DocumentService } from './compose-document.ts';
import { type Passage, watchPassage } from './passage.ts';
import { prepareSandbox } from './prepare-sandbox.ts';
import { Sandbox, type SandboxPlan } from './sandbox.ts';
import { readTable, tellDatabase } from './sandbox-database.ts';

const RUN_MS = 90_000;
/** The database begins so many seconds after its container: longer than a program takes to import its libraries on a busy machine. */
export const LATE_S = 15;
/** What a retry by Compose's own `restart` may do. */
const RESTARTS = 5;
const MARKER = 'escale_essai';

/** One `up` from a copy of the project, without volumes. */
export interface Rise {
  readonly built: ToolResult;
  /** Null where nothing was built to start. */
  readonly up: ToolResult | null;
  /** Of the ETL; null where it was never made. */
  readonly passage: Passage | null;
  readonly table: UsersTable | null;
  /** What stands in `logs/` afterwards. */
  readonly logs: readonly { readonly path: string; readonly size: number }[];
}

/** What the learner's stack did in a sandbox. */
export interface StackTrial {
  readonly plan: SandboxPlan;
  /** What the everyday source gives. */
  readonly users: readonly SourceUser[];
  /** With a database that begins late. */
  readonly late: Rise;
  /** Once more after that, the database being there; null where the late one went well. */
  readonly ready: Rise | null;
  readonly persistence: Persistence;
}

export type Persistence =
  | { readonly state: 'no-database' }
  /** On a volume that each new container gets anew. */
  | { readonly state: 'unnamed'; readonly folder: string; readonly mounts: readonly ContainerMount[] }
  | {
      readonly state: 'tried';
      readonly folder: string;
      readonly mounts: readonly ContainerMount[];
      readonly marker: boolean;
      readonly before: number;
      readonly after: number;
    };

/** Starts the learner's own stack in a sandbox: late database, then `down` and `up`; once a look. Null where its Compose file has not both services. */
export function tryStack(view: LabView): Promise<StackTrial | null> {
  return view.once('sandbox:stack', async () => {
    const { ground, folder, learners } = await prepareSandbox(view);
    if (learners === null) return null;
    const sandbox = new Sandbox(view, folder, learners);
    const users = await ground.source.users();
    const late = await rise(view, sandbox, await lateDocument(view, learners));
    const ready = succeeded(late) ? null : await riseReady(view, sandbox);
    return { plan: learners, users, late, ready, persistence: await tryPersistence(view, sandbox) };
  });
}

export function succeeded({ passage, table }: Rise): boolean {
  return (table?.count ?? 0) > 0 && (passage?.code === 0 || passage?.code === null);
}

async function lateDocument(view: LabView, { document, database }: SandboxPlan): Promise<SandboxPlan['document']> {
  const service = document.services[database];
  const image = service?.image === undefined ? null : await view.engine.image(service.image);
  const usual = { entrypoint: ['docker-entrypoint.sh'], cmd: ['postgres'] };
  return delayed(document, database, patience(service?.healthcheck), image ?? usual);
}

/** No later than what the learner's own health check allows a database, so that only the ETL is tried. */
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

async function rise(view: LabView, sandbox: Sandbox, document: SandboxPlan['document']): Promise<Rise> {
  await sandbox.install(document);
  const { etl, database } = sandbox.plan;
  const built = await sandbox.buildAll();
  if (built.code !== 0) return { built, up: null, passage: null, table: null, logs: [] };
  const up = await sandbox.up(database, etl);
  const passage = await runOf(view, sandbox);
  const there = await sandbox.databaseAnswers();
  const table = there ? await readTable(view, sandbox.container(database)) : null;
  return { built, up, passage, table, logs: await sandbox.logFiles() };
}

/** The stack as it stands, from fresh containers, its database there before the ETL is begun. */
async function riseReady(view: LabView, sandbox: Sandbox): Promise<Rise> {
  await sandbox.down({ volumes: true });
  await sandbox.install();
  await sandbox.startDatabase();
  return rise(view, sandbox, sandbox.plan.document);
}

/** The ETL's run, and those that the learner's own `restart` would begin after a failure. */
async function runOf(view: LabView, sandbox: Sandbox): Promise<Passage | null> {
  const { etl, restarts } = sandbox.plan;
  let passage = await watch(view, sandbox);
  for (let again = 0; restarts && again < RESTARTS && passage !== null && passage.code !== null && passage.code !== 0; again++) {
    await sandbox.start(etl);
    passage = await watch(view, sandbox);
  }
  return passage;
}

async function watch(view: LabView, sandbox: Sandbox): Promise<Passage | null> {
  const facts = await sandbox.facts(sandbox.plan.etl);
  if (facts === null || (facts.state === 'created' && facts.error === '')) return null;
  return watchPassage(view, { sandbox, service: sandbox.plan.etl, scenario: null, limitMs: RUN_MS, isDone: ({ log }) => log !== '' });
}

/** A table of the trial's own, then `down` and `up`: is it still there, and what the ETL loaded? */
async function tryPersistence(view: LabView, sandbox: Sandbox): Promise<Persistence> {
  const reference = sandbox.container(sandbox.plan.database);
  const container = (await sandbox.databaseAnswers()) ? await view.engine.container(reference) : null;
  if (container === null) return { state: 'no-database' };
  const { mounts } = container;
  const folder = await tellDatabase(view, container, 'SHOW data_directory');
  if (!folder.startsWith('/')) throw new LabUnavailable('engine', { cause: new Error(folder) });
  if (isUnnamed(mountOf(mounts, folder))) return { state: 'unnamed', folder, mounts };
  await tellDatabase(view, container, `CREATE TABLE ${MARKER} AS SELECT 1 AS here`);
  const before = (await readTable(view, reference))?.count ?? 0;
  await sandbox.down({ volumes: false });
  await sandbox.install();
  const anew = (await sandbox.startDatabase()) ? await view.engine.container(reference) : null;
  const marker = anew !== null && (await tellDatabase(view, anew, `SELECT here FROM ${MARKER}`)) === '1';
  return { state: 'tried', folder, mounts, marker, before, after: (await readTable(view, reference))?.count ?? 0 };
}

/** A volume that Docker names itself: each new container gets another. */
export function isUnnamed(mount: ContainerMount | null): boolean {
  return mount?.kind === 'volume' && /^[0-9a-f]{64}$/.test(mount.source);
}

/** The deepest mount that a folder lies on. */
export function mountOf(mounts: readonly ContainerMount[], folder: string): ContainerMount | null {
  const over = mounts.filter(({ target }) => folder === target || folder.startsWith(`${target.replace(/\/$/, '')}/`));
  return over.reduce<ContainerMount | null>(
    (deepest, mount) => (deepest && deepest.target.length >= mount.target.length ? deepest : mount),
    null,
  );
}
