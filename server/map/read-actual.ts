import type { LabView } from '../checkpoints/definitions.ts';
import { serviceOf, stackAmong } from '../checkpoints/readers/container/stack.ts';
import { isOutdated } from '../checkpoints/readers/trouble/outdated.ts';
import type { ContainerFacts, LabStack, Usage } from '../lab-engine/definitions.ts';
import type { Actual, Declared } from './definitions.ts';

/** What the engine says, which its events report. */
export type EngineState = Pick<Actual, 'containers' | 'networks' | 'volumes'>;
/** What takes longer to read, and no event reports. */
export type Behind = Pick<Actual, 'listening' | 'connections' | 'outdated'>;

/** Maximum number of containers whose load is sampled. */
const SAMPLED = 40;

export async function readEngine(stack: LabStack): Promise<EngineState> {
  const [containers, networks, volumes] = await Promise.all([stack.containers(), stack.networks(), stack.volumes()]);
  return { containers, networks, volumes };
}

/** `pids` keeps the first process of each start of a container. */
export async function readBehind(
  stack: LabStack,
  view: LabView,
  ours: readonly ContainerFacts[],
  pids: Map<string, number>,
): Promise<Behind> {
  const processes = await firstProcesses(stack, ours.filter(isRunning), pids);
  const ids = new Map([...processes].map(([id, pid]) => [pid, id]));
  const [listening, connections, outdated] = await Promise.all([
    stack.listening([...ids.keys()]),
    stack.connections([...ids.keys()]),
    outdatedAmong(view, ours),
  ]);
  return {
    listening: listening && byContainer(listening, ids),
    connections: connections ? byContainer(connections, ids) : new Map(),
    outdated,
  };
}

/** The containers of the learner's stack. */
export function ownContainers(containers: readonly ContainerFacts[], declared: Declared): readonly ContainerFacts[] {
  return declared.state === 'readable' ? stackAmong(containers, declared.folder, declared.project.model.name).all : [];
}

/** One sample of each container that runs. */
export async function sampleLoads(stack: LabStack, ours: readonly ContainerFacts[]): Promise<Map<string, Usage>> {
  const running = ours.filter(isRunning).slice(0, SAMPLED);
  const samples = await Promise.all(running.map(async ({ id }) => [id, await stack.usage(id)] as const));
  return new Map(samples.flatMap(([id, usage]) => (usage === null ? [] : [[id, usage] as const])));
}

async function firstProcesses(
  stack: LabStack,
  running: readonly ContainerFacts[],
  known: Map<string, number>,
): Promise<Map<string, number>> {
  const starts = running.map(({ id, startedMs }) => ({ id, start: `${id} ${startedMs}` }));
  const current = new Set(starts.map(({ start }) => start));
  for (const start of known.keys()) if (!current.has(start)) known.delete(start);
  const found = await Promise.all(
    starts.map(async ({ id, start }) => {
      const pid = known.get(start) ?? (await stack.pid(id));
      if (pid > 0) known.set(start, pid);
      return [id, pid] as const;
    }),
  );
  return new Map(found.filter(([, pid]) => pid > 0));
}

async function outdatedAmong(view: LabView, containers: readonly ContainerFacts[]): Promise<Set<string>> {
  const found = await Promise.all(
    containers.map(async (container) => ((await isOutdated(view, serviceOf(container), container)) ? [container.id] : [])),
  );
  return new Set(found.flat());
}

function byContainer<T>(tables: ReadonlyMap<number, T>, ids: ReadonlyMap<number, string>): Map<string, T> {
  return new Map([...tables].flatMap(([pid, table]) => [[ids.get(pid) ?? '', table] as const]));
}

function isRunning({ state }: ContainerFacts): boolean {
  return state === 'running';
}
