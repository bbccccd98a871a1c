import { describe, expect, it } from 'vitest';
import { MAX_MAP_SERVICES, stackMapSchema } from '../../../../contract/stack-map.ts';
import { createMask } from '../../../../server/checkpoints/mask.ts';
import { buildMap } from '../../../../server/map/build-map.ts';
import type { Actual, Declared } from '../../../../server/map/definitions.ts';
import { COMPOSE, containerOf } from '../checkpoints/fakes/compose-subject.ts';
import { actualOf, declaredBy } from './actual-of.ts';

const SECRET = 'Brise-de-mer-1887';
const hidden = { secrets: [SECRET], mask: createMask([SECRET]) };

function drawn(declared: Declared, actual: Actual) {
  const map = stackMapSchema.parse(buildMap(declared, actual, hidden));
  if (map.state !== 'drawn') throw new Error(map.state);
  return map;
}
const serviceIn = (map: ReturnType<typeof drawn>, name: string) => map.services.find((one) => one.name === name);

const NETWORKS = `name: project
services:
  db:
    image: postgres:15-alpine
    container_name: the-db
    networks: { data: { aliases: [base] } }
    ports: [{ target: 5432, published: "5433", host_ip: 127.0.0.1 }, { target: 53, published: "53", protocol: udp }]
    volumes: ["db:/var/lib/postgresql/data", "kept:/kept", "./logs:/logs"]
  worker:
    image: busybox
    network_mode: host
    profiles: [tools]
    extra_hosts: ["db=10.0.0.1"]
networks:
  data: { name: project_data, internal: true, ipam: { config: [{ subnet: 172.28.0.0/16 }] } }
  default: { name: project_default }
volumes:
  db: { name: project_db }
  kept: { name: kept, external: true }
`;

describe('what the file declares', () => {
  it('draws services that have no container yet', async () => {
    const map = drawn(await declaredBy(COMPOSE), actualOf([]));
    expect(map.services.map(({ name, state, container }) => ({ name, state, container }))).toEqual([
      { name: 'postgres', state: 'absent', container: null },
      { name: 'etl', state: 'absent', container: null },
    ]);
    expect(serviceIn(map, 'etl')).toMatchObject({
      image: '',
      waitsFor: [{ service: 'postgres', condition: 'healthy', satisfied: false }],
      asks: [{ variable: 'DATABASE_URL', host: 'postgres', port: 5432 }],
    });
  });

  it('reads networks, names, ports, volumes and modes', async () => {
    const networks = [{ name: 'project_data', driver: 'bridge', internal: false, subnets: ['172.18.0.0/16'] }];
    const map = drawn(await declaredBy(NETWORKS), actualOf([], { networks, volumes: ['project_db', 'kept'] }));
    expect(serviceIn(map, 'db')).toMatchObject({
      names: ['db', 'the-db', 'base'],
      networks: ['data'],
      ports: [{ inside: 5432, published: '5433', address: '127.0.0.1' }],
      volumes: ['db', 'kept'],
      byDefault: true,
    });
    expect(serviceIn(map, 'worker')).toMatchObject({ mode: 'host', networks: [], byDefault: false, elsewhere: ['db'] });
    expect(map.networks).toEqual([
      {
        name: 'data',
        engineName: 'project_data',
        internal: true,
        subnets: ['172.28.0.0/16'],
        actual: { internal: false, subnets: ['172.18.0.0/16'] },
      },
    ]);
    expect(map.volumes).toEqual([
      { name: 'db', engineName: 'project_db', exists: true, lostByDown: true },
      { name: 'kept', engineName: 'kept', exists: true, lostByDown: false },
    ]);
  });

  it('cuts a very large stack, with the number that is left out', async () => {
    const many = Array.from({ length: MAX_MAP_SERVICES + 5 }, (_, index) => `  s${index}: { image: busybox }`).join('\n');
    const map = drawn(await declaredBy(`name: project\nservices:\n${many}\n`), actualOf([]));
    expect(map.services).toHaveLength(MAX_MAP_SERVICES);
    expect(map.left).toBe(5);
  });

  it('says why there is nothing to draw', () => {
    expect(buildMap({ state: 'absent', lookalike: 'compose.txt' }, actualOf([]), hidden)).toEqual({
      state: 'absent',
      lookalike: 'compose.txt',
    });
    const faulty = stackMapSchema.parse(buildMap(FAULTY, actualOf([]), hidden));
    expect(faulty).toMatchObject({ state: 'faulty', file: 'docker-compose.yml', line: 3, look: 'Ôtez-la.' });
    expect(JSON.stringify(faulty)).not.toContain(SECRET);
  });
});

const FAULTY: Declared = {
  state: 'faulty',
  fault: { code: 'compose.unknown-key', file: 'docker-compose.yml', line: 3, what: `la clé ${SECRET}`, look: 'Ôtez-la.' },
};

describe('what runs', () => {
  it('draws states, health, ports and loads, and what waits no longer', async () => {
    const postgres = containerOf('postgres', {
      health: { status: 'healthy', lastOutput: ` accepting connections, password ${SECRET}\n` },
      ports: [{ container: 5432, host: 5432, address: '127.0.0.1' }],
    });
    const etl = containerOf('etl', { state: 'exited', exitCode: 1 });
    const loads = new Map([[postgres.id, { cpuPercent: 3, memoryBytes: 2 ** 25 }]]);
    const map = drawn(
      await declaredBy(COMPOSE),
      actualOf([postgres, etl], { loads, outdated: new Set([etl.id]) }, { [postgres.id]: [5432] }),
    );
    expect(serviceIn(map, 'postgres')).toMatchObject({
      state: 'good',
      container: { running: true, published: [5432], listening: [{ port: 5432, loopback: false }], cpuPercent: 3, outdated: false },
    });
    expect(serviceIn(map, 'etl')).toMatchObject({
      state: 'failed',
      waitsFor: [{ satisfied: true }],
      container: { running: false, exitCode: 1, outdated: true, listening: null },
    });
    expect(JSON.stringify(map)).not.toContain(SECRET);
    expect(serviceIn(map, 'postgres')?.container?.health?.lastOutput).toMatch(/^accepting connections/);
  });

  it('tells a job that is done from a server that was stopped', async () => {
    const ended = ['postgres', 'etl'].map((name) => containerOf(name, { state: 'exited', exitCode: 0 }));
    const map = drawn(await declaredBy(COMPOSE), actualOf(ended));
    expect(map.services.map(({ name, state }) => `${name} ${state}`)).toEqual(['postgres stopped', 'etl done']);
  });

  it('asks where the container’s own variables lead, not where the file leads now', async () => {
    const etl = containerOf('etl', { env: [`DATABASE_URL=postgresql://u:${SECRET}@localhost:5432/w`, 'PATH=/bin'] });
    const map = drawn(await declaredBy(COMPOSE), actualOf([etl]));
    expect(serviceIn(map, 'etl')?.asks).toEqual([{ variable: 'DATABASE_URL', host: 'localhost', port: 5432 }]);
  });

  it('prefers a running container, and names those that the file no longer has', async () => {
    const old = containerOf('postgres', { id: 'old', state: 'exited' });
    const gone = containerOf('mongo');
    const map = drawn(await declaredBy(COMPOSE), actualOf([old, containerOf('postgres'), gone]));
    expect(serviceIn(map, 'postgres')?.container?.running).toBe(true);
    expect(map.orphans).toEqual(['mongo']);
  });

  it('keeps to the contract whatever a lab says', async () => {
    const long = 'x'.repeat(5000);
    const forged = containerOf('postgres', {
      name: long,
      error: long,
      exitCode: -1,
      health: { status: 'unhealthy', lastOutput: long },
      networks: Array.from({ length: 500 }, (_, index) => `${long}${index}`),
      ports: Array.from({ length: 500 }, (_, index) => ({ container: 1, host: index * 1000, address: long })),
    });
    const networks = [{ name: 'project_default', driver: 'bridge', internal: false, subnets: Array.from({ length: 50 }, () => long) }];
    expect(serviceIn(drawn(await declaredBy(COMPOSE), actualOf([forged], { networks })), 'postgres')?.state).toBe('unhealthy');
  });
});
