import { parse } from 'yaml';
import type { Subject } from '../../../../../server/checkpoints/definitions.ts';
import type { ContainerFacts } from '../../../../../server/lab-engine/definitions.ts';
import { FakeEngine } from './fake-engine.ts';
import { noNetwork } from './no-network.ts';
import { solutionImage } from './solution-subject.ts';

export const FOLDER = '/home/dataeng/project';

export const COMPOSE = `name: project
services:
  postgres:
    image: postgres:15-alpine
    environment:
      POSTGRES_USER: dataeng
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD}
      POSTGRES_DB: warehouse
    volumes:
      - postgres_data:/var/lib/postgresql/data
    healthcheck:
      test: pg_isready -h 127.0.0.1
  etl:
    build: .
    environment:
      DATABASE_URL: postgresql://dataeng:\${POSTGRES_PASSWORD}@postgres:5432/warehouse
    volumes:
      - ./logs:/app/logs
      - ./data:/app/data
    depends_on:
      postgres:
        condition: service_healthy
volumes:
  postgres_data:
`;

/** What programs of the lab print, by their name. */
type Tools = Readonly<Record<string, string>>;

/** A project with a Compose file, resolved as Compose would for the forms that these tests use, and containers of its services. */
export function composeSubject(compose = COMPOSE, files: Record<string, string> = {}, tools: Tools = {}): Subject & { engine: FakeEngine } {
  const all: Record<string, string> = { 'docker-compose.yml': compose, Dockerfile: 'FROM python:3.11-slim\nWORKDIR /app\n', ...files };
  const engine = new FakeEngine();
  const model = JSON.stringify(resolve(parse(compose, { merge: true })));
  const told = (stdout: string) => ({ code: 0, timedOut: false, stdout, stderr: '' });
  const project = {
    read: async (path: string) => all[path] ?? null,
    entries: async () => Object.entries(all).map(([path, text]) => ({ path, kind: 'file' as const, size: text.length, mode: 0o644 })),
    run: async (argv: readonly string[]) => {
      const said = tools[argv[0] ?? ''];
      if (said !== undefined) return told(said);
      if (argv[0] === 'pwd') return told(`${FOLDER}\n`);
      if (argv[0] === 'python3') return told('{"files":[]}');
      return told(argv.includes('--hash') ? '' : model);
    },
  };
  const subject = { engine, network: noNetwork, project, environment: null, now: Date.now, within: (): Subject => subject };
  return subject;
}

/** A container of a service, running and healthy. */
export function containerOf(service: string, over: Partial<ContainerFacts> = {}): ContainerFacts {
  return {
    id: `id-${service}`,
    name: `project-${service}-1`,
    image: solutionImage().id,
    imageName: service,
    labels: {
      'com.docker.compose.project': 'project',
      'com.docker.compose.project.working_dir': FOLDER,
      'com.docker.compose.service': service,
      'com.docker.compose.oneoff': 'False',
    },
    state: 'running',
    exitCode: 0,
    error: '',
    oomKilled: false,
    restarts: 0,
    createdMs: Date.now() - 600_000,
    startedMs: Date.now() - 600_000,
    finishedMs: 0,
    health: null,
    user: '',
    env: [],
    mounts: [],
    command: [],
    networks: ['project_default'],
    addresses: {},
    ports: [],
    ...over,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what the YAML of a test holds.
type Raw = any;

function resolve(raw: Raw): Raw {
  const services = Object.entries<Raw>(raw.services).map(([name, service]) => [name, resolveService(service)]);
  const used = new Set(services.flatMap(([, service]) => Object.keys((service as Raw).networks ?? {})));
  const networks = Object.entries<Raw>({ default: null, ...raw.networks })
    .filter(([key]) => used.has(key))
    .map(([key, network]) => [key, { name: `${raw.name}_${key}`, ...network }]);
  return { ...raw, services: Object.fromEntries(services), volumes: fill(raw.volumes), networks: Object.fromEntries(networks) };
}

function resolveService(service: Raw): Raw {
  const { build, volumes, depends_on, environment, healthcheck, networks, network_mode } = service;
  return {
    ...service,
    ...(network_mode ? {} : { networks: namedNetworks(networks ?? ['default']) }),
    ...(build ? { build: { context: FOLDER, dockerfile: 'Dockerfile', ...(typeof build === 'string' ? {} : build) } } : {}),
    ...(volumes ? { volumes: volumes.map(toMount) } : {}),
    ...(Array.isArray(depends_on)
      ? { depends_on: Object.fromEntries(depends_on.map((name) => [name, { condition: 'service_started' }])) }
      : {}),
    ...(Array.isArray(environment) ? { environment: Object.fromEntries(environment.map((one: string) => one.split('='))) } : {}),
    ...(typeof healthcheck?.test === 'string' ? { healthcheck: { ...healthcheck, test: ['CMD-SHELL', healthcheck.test] } } : {}),
  };
}

function namedNetworks(networks: Raw): Raw {
  return Array.isArray(networks) ? Object.fromEntries(networks.map((key) => [key, null])) : networks;
}

function toMount(volume: Raw): Raw {
  if (typeof volume !== 'string') return volume;
  const [source = '', target = source, mode = ''] = volume.split(':');
  if (target === source) return { type: 'volume', target };
  const bind = source.startsWith('.');
  return { type: bind ? 'bind' : 'volume', source: bind ? `${FOLDER}${source.slice(1)}` : source, target, read_only: mode === 'ro' };
}

function fill(named: Raw): Raw {
  return Object.fromEntries(Object.entries<Raw>(named ?? {}).map(([name, value]) => [name, value ?? {}]));
}
