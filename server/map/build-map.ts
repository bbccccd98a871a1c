import { type DrawnMap, MAX_MAP_SERVICES, type MapService, type StackMap } from '../../contract/stack-map.ts';
import { type ComposeService, startsByDefault } from '../checkpoints/readers/compose/model.ts';
import { serviceState } from '../checkpoints/readers/container/service-state.ts';
import { currentOf, serviceOf, stackAmong } from '../checkpoints/readers/container/stack.ts';
import type { ContainerFacts } from '../lab-engine/definitions.ts';
import { askedHosts } from './asked-hosts.ts';
import type { Actual, Declared } from './definitions.ts';
import { seenTalks } from './seen-talks.ts';

const LIMITS = { list: 50, subnets: 10, text: 1000, file: 500, name: 200, address: 60 };

export interface Hidden {
  /** Masks every secret in a text. */
  readonly mask: (text: string) => string;
  readonly secrets: readonly string[];
}

/** The newest container of each service; a running one before others. */
type Containers = ReadonlyMap<string, ContainerFacts>;
type Readable = Extract<Declared, { state: 'readable' }>;

/** The map, from what the files declare and what the engine and the kernel say. Texts are masked first, then cut to the contract's limits. */
export function buildMap(declared: Declared, actual: Actual, hidden: Hidden): StackMap {
  const said = (text: string): string => cut(hidden.mask(text), LIMITS.text);
  if (declared.state === 'absent') return { state: 'absent', lookalike: declared.lookalike === null ? null : short(declared.lookalike) };
  if (declared.state === 'faulty') {
    const { file, line, what, look } = declared.fault;
    return { state: 'faulty', file: cut(file, LIMITS.file), line, what: said(what), look: said(look) };
  }
  return drawn(declared, actual, { ...hidden, mask: said });
}

function drawn(declared: Readable, actual: Actual, hidden: Hidden): DrawnMap {
  const { project, folder } = declared;
  const { model } = project;
  const stack = stackAmong(actual.containers, folder, model.name);
  const shown = Object.entries(model.services).slice(0, MAX_MAP_SERVICES);
  const containers: Containers = new Map(
    shown.flatMap(([name]) => {
      const one = currentOf(stack.of(name));
      return one === undefined ? [] : [[name, one] as const];
    }),
  );
  const isShown = new Set(shown.map(([name]) => name));
  return {
    state: 'drawn',
    file: cut(project.files[0] ?? '', LIMITS.file),
    services: shown.map(([name, service]) => toService(name, service, { declared, actual, containers, hidden })),
    left: Object.keys(model.services).length - shown.length,
    networks: Object.entries(model.networks)
      .slice(0, LIMITS.list)
      .map(([name, { name: engineName, internal, ipam }]) => {
        const found = actual.networks.find((network) => network.name === engineName);
        return {
          name: short(name),
          engineName: short(engineName),
          internal,
          subnets: subnetsOf(ipam.flatMap(({ subnet }) => subnet ?? [])),
          actual: found ? { internal: found.internal, subnets: subnetsOf(found.subnets) } : null,
        };
      }),
    volumes: Object.entries(model.volumes)
      .slice(0, LIMITS.list)
      .map(([name, { name: engineName, external }]) => {
        const exists = actual.volumes.includes(engineName);
        return { name: short(name), engineName: short(engineName), exists, lostByDown: exists && !external };
      }),
    talks: seenTalks(stack.all, actual).filter(({ from, to }) => isShown.has(from) && isShown.has(to)),
    orphans: [...new Set(stack.all.map(serviceOf))]
      .filter((name) => !(name in model.services))
      .slice(0, LIMITS.list)
      .map(short),
  };
}

interface Around {
  readonly declared: Readable;
  readonly actual: Actual;
  readonly containers: Containers;
  readonly hidden: Hidden;
}

function toService(name: string, service: ComposeService, { declared, actual, containers, hidden }: Around): MapService {
  const container = containers.get(name) ?? null;
  const { services } = declared.project.model;
  const isSecret = (host: string): boolean => !(host in services) && hidden.secrets.some((secret) => secret.includes(host));
  return {
    name: short(name),
    image: service.build ? '' : cut(service.image ?? '', 300),
    byDefault: startsByDefault(service),
    names: [...new Set([name, ...(service.container_name ? [service.container_name] : []), ...(declared.aliases[name] ?? [])])]
      .slice(0, LIMITS.list)
      .map(short),
    networks: service.network_mode ? [] : service.networks.slice(0, LIMITS.list).map(short),
    mode: short(service.network_mode ?? ''),
    ports: service.ports
      .filter(({ protocol }) => protocol === 'tcp')
      .slice(0, LIMITS.list)
      .map(({ target, published, host_ip }) => ({
        inside: Math.min(65_535, Math.max(0, Math.trunc(target))),
        published: cut(published, 20),
        address: cut(host_ip, LIMITS.address),
      })),
    volumes: [...new Set(service.volumes.filter(({ type, source }) => type === 'volume' && source !== '').map(({ source }) => source))]
      .slice(0, LIMITS.list)
      .map(short),
    waitsFor: Object.entries(service.depends_on)
      .filter(([other]) => other in services)
      .slice(0, LIMITS.list)
      .map(([other, { condition }]) => {
        const asked = CONDITIONS[condition] ?? 'started';
        return { service: short(other), condition: asked, satisfied: isSatisfied(asked, containers.get(other) ?? null) };
      }),
    asks: askedHosts(container === null ? service.environment : variablesOf(container), isSecret),
    elsewhere: service.extra_hosts.slice(0, LIMITS.list).map((entry) => short(entry.split(/[=:]/)[0] ?? '')),
    state: container === null ? 'absent' : stateOf(service, container, actual.nowMs),
    container: container === null ? null : toContainer(container, actual, hidden),
  };
}

/** A server that has ended without an error was stopped; only a job is done. */
function stateOf({ ports, healthcheck }: ComposeService, container: ContainerFacts, nowMs: number): MapService['state'] {
  const { state } = serviceState(container, nowMs);
  const isServer = ports.length > 0 || healthcheck !== undefined;
  return state === 'done' && isServer ? 'stopped' : state;
}

type Container = NonNullable<MapService['container']>;

function toContainer(container: ContainerFacts, actual: Actual, { mask }: Hidden): Container {
  const load = actual.loads.get(container.id);
  const sockets = actual.listening?.get(container.id);
  return {
    name: short(container.name),
    running: container.state === 'running',
    exitCode: container.exitCode,
    error: mask(container.error),
    health: container.health === null ? null : { status: container.health.status, lastOutput: mask(container.health.lastOutput.trim()) },
    networks: container.networks.slice(0, LIMITS.list).map(short),
    listening: sockets === undefined ? null : sockets.slice(0, LIMITS.list).map(({ port, loopback }) => ({ port, loopback })),
    published: [...new Set(container.ports.map(({ host }) => host))].filter((port) => port >= 0 && port <= 65_535).slice(0, LIMITS.list),
    outdated: actual.outdated.has(container.id),
    cpuPercent: load?.cpuPercent ?? null,
    memoryBytes: load?.memoryBytes ?? null,
  };
}

type Condition = MapService['waitsFor'][number]['condition'];

const CONDITIONS: Readonly<Record<string, Condition>> = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
};

function isSatisfied(condition: Condition, container: ContainerFacts | null): boolean {
  if (container === null) return false;
  if (condition === 'healthy') return container.state === 'running' && container.health?.status === 'healthy';
  if (condition === 'completed') return container.state === 'exited' && container.exitCode === 0;
  return container.startedMs > 0 && container.state !== 'created';
}

function subnetsOf(subnets: readonly string[]): string[] {
  return subnets.slice(0, LIMITS.subnets).map((subnet) => cut(subnet, LIMITS.address));
}

function variablesOf({ env }: ContainerFacts): Record<string, string> {
  return Object.fromEntries(env.map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)]));
}

function short(text: string): string {
  return cut(text, LIMITS.name);
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
