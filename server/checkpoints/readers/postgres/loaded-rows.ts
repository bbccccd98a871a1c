import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { composeServices } from '../compose/compose-services.ts';
import type { ComposeProject } from '../compose/read-compose.ts';
import { stackOf } from '../container/stack.ts';
import { sourceOf } from '../source/read-source.ts';
import type { Account } from './ask-postgres.ts';
import { type Comparison, compareUsers } from './compare-users.ts';
import { readUsers } from './users-table.ts';

/** A run that takes longer is not waited for. */
const WORK_MS = 45_000;

interface Stage {
  readonly project: ComposeProject;
  /** The database's service. */
  readonly service: string;
  readonly etl: ContainerFacts | null;
  /** The ETL runs, and has not had its time yet. */
  readonly working: boolean;
  /** What the source that the ETL is told of answers; 0 where nothing does, null where all is well or none is told. */
  readonly sourceStatus: number | null;
}

export type AbsentTable = Stage & {
  readonly state: 'absent';
  readonly account: Account;
  readonly schemas: readonly string[];
  readonly databases: readonly string[];
};
export type ComparedTable = Stage & { readonly state: 'compared'; readonly account: Account; readonly comparison: Comparison };
export type LoadedRows =
  | AbsentTable
  | ComparedTable
  | (Stage & { readonly state: 'no-source' })
  | (Stage & { readonly state: 'refused'; readonly message: string });

/** The warehouse of the running stack against the source. */
export function loadedRows(view: LabView): Promise<LoadedRows> {
  return view.once('loaded-rows', async () => {
    const {
      project,
      of: { postgres: database, etl: role },
    } = await composeServices(view);
    const stack = await stackOf(view);
    const base = database && stack.of(database.name)[0];
    if (!database) throw new NotRead('absent', 'postgres');
    if (!base) throw new NotRead('absent', 'stack');
    const etl = (role && stack.of(role.name)[0]) ?? null;
    const working = etl?.state === 'running' && (await view.now()) - etl.startedMs < WORK_MS;
    const [{ own, users }, reading] = await Promise.all([sourceOf(view, etl?.env ?? []), readUsers(view, base)]);
    const sourceStatus = own?.state === 'refused' ? own.status : null;
    const stage: Stage = { project, service: database.name, etl, working, sourceStatus };
    if (reading.state === 'refused') return { ...stage, state: 'refused', message: reading.message };
    if (reading.state === 'absent') return { ...stage, ...reading };
    if (users === null) return { ...stage, state: 'no-source' };
    return { ...stage, state: 'compared', account: reading.account, comparison: compareUsers(reading.table, users) };
  });
}
