import { expect, it } from 'vitest';
import { delayed, withEnvironment, withoutWaiting, withTwin } from '../../../../../../server/checkpoints/acts/sandbox/alter-document.ts';
import { composeDocumentSchema } from '../../../../../../server/checkpoints/acts/sandbox/compose-document.ts';
import { ownDocument } from '../../../../../../server/checkpoints/acts/sandbox/own-document.ts';
import { boundFolders, sandboxDocument } from '../../../../../../server/checkpoints/acts/sandbox/sandbox-document.ts';
import { withDependencies } from '../../../../../../server/checkpoints/acts/sandbox/with-dependencies.ts';

const FOLDER = '/tmp/escale-trial-x/project';
const terms = { trial: 'x', project: 'escale-trial-x', folder: FOLDER, keep: ['etl', 'base'] };

/** As `docker compose config` prints a project that fixes all that can be fixed. */
const resolved = composeDocumentSchema.parse({
  name: 'docker-etl-project',
  services: {
    etl: {
      build: { context: FOLDER, dockerfile: 'Dockerfile', tags: ['etl:1'] },
      image: 'etl:1',
      container_name: 'mon-etl',
      ports: [{ target: 80, published: '80' }],
      restart: 'on-failure',
      environment: { DATABASE_URL: 'postgresql://u:pa$$s@base/w', SOURCE_API_URL: 'http://source.datastream.test/users' },
      depends_on: { base: { condition: 'service_healthy' }, pgadmin: { condition: 'service_started' } },
      networks: { data: { ipv4_address: '172.28.0.5', aliases: ['loader'] } },
      volumes: [
        { type: 'bind', source: `${FOLDER}/logs`, target: '/app/logs' },
        { type: 'bind', source: '/home/dataeng/elsewhere', target: '/data' },
        { type: 'bind', source: '/etc/localtime', target: '/etc/localtime' },
      ],
    },
    base: {
      image: 'postgres:15-alpine',
      container_name: 'ma-base',
      networks: { data: null },
      volumes: [{ type: 'volume', source: 'pg', target: '/var/lib/postgresql/data' }],
    },
    pgadmin: { image: 'dpage/pgadmin4' },
  },
  networks: { data: { name: 'shop', external: true, ipam: { config: [{ subnet: '172.28.0.0/16' }] } } },
  volumes: { pg: { name: 'warehouse', external: true }, ram: { driver_opts: { type: 'tmpfs', device: 'tmpfs' } } },
});

it('takes the learner’s model out of the learner’s names, ports, addresses and volumes', () => {
  const { services, networks, volumes, name } = sandboxDocument(resolved, terms);
  expect(name).toBe('escale-trial-x');
  expect(Object.keys(services)).toEqual(['etl', 'base']);
  const text = JSON.stringify({ services, networks, volumes });
  for (const gone of ['etl:1', 'published', '172.28', 'external', '"shop"', '"warehouse"', '/home/dataeng', 'pgadmin']) {
    expect(text, gone).not.toContain(gone);
  }
  expect(services.etl).toMatchObject({
    image: 'escale-trial-x-etl',
    restart: 'no',
    labels: { 'escale.trial': 'x' },
    build: { context: FOLDER, labels: { 'escale.trial': 'x' } },
    networks: { data: { ipv4_address: '10.193.0.5', aliases: ['loader', 'mon-etl'] } },
    depends_on: { base: { condition: 'service_healthy' } },
  });
  expect(services.base?.networks).toEqual({ data: { aliases: ['ma-base'] } });
  expect(networks?.data).toEqual({ ipam: { config: [{ subnet: '10.193.0.0/16' }] }, labels: { 'escale.trial': 'x' } });
  expect(volumes).toEqual({
    pg: { labels: { 'escale.trial': 'x' } },
    ram: { driver_opts: { type: 'tmpfs', device: 'tmpfs' }, labels: { 'escale.trial': 'x' } },
  });
});

it('mounts the copy, reads the machine’s settings, and gives an empty folder for the rest', () => {
  const document = sandboxDocument(resolved, terms);
  expect(document.services.etl?.volumes).toMatchObject([
    { source: `${FOLDER}/logs` },
    { source: `${FOLDER}/.outside/etl-1`, target: '/data' },
    { source: '/etc/localtime', read_only: true },
  ]);
  expect(boundFolders(document, FOLDER)).toEqual([`${FOLDER}/logs`, `${FOLDER}/.outside/etl-1`]);
});

it('keeps what the pipeline depends on', () => {
  expect(withDependencies(resolved, ['etl'])).toEqual(['etl', 'base', 'pgadmin']);
});

it('gives a twin its own source, from the same image', () => {
  const twins = withTwin(sandboxDocument(resolved, terms), 'etl', 'etl-slow', { SOURCE_API_URL: 'http://slow' });
  expect(twins.services['etl-slow']).toMatchObject({
    image: 'escale-trial-x-etl',
    pull_policy: 'never',
    environment: { DATABASE_URL: 'postgresql://u:pa$$s@base/w', SOURCE_API_URL: 'http://slow' },
  });
  expect(twins.services['etl-slow']).not.toHaveProperty('build');
  expect(twins.services.etl?.environment?.SOURCE_API_URL).toBe('http://source.datastream.test/users');
});

it('lets a service wait for no one, or begin late, and leaves the others as they are', () => {
  expect(withoutWaiting(resolved, 'etl', 'base').services.etl?.depends_on).toEqual({ pgadmin: { condition: 'service_started' } });
  expect(withEnvironment(resolved, 'etl', { A: '1' }).services.base).toBe(resolved.services.base);
  const image = { entrypoint: ['docker-entrypoint.sh'], cmd: ['postgres'] };
  expect(delayed(resolved, 'base', 8, image).services.base).toMatchObject({
    entrypoint: ['/bin/sh', '-c', 'sleep 8; exec "$$0" "$$@"', 'docker-entrypoint.sh', 'postgres'],
    command: [],
  });
  const own = { services: { base: { image: 'postgres', entrypoint: ['/own.sh'], command: ['-c', 'fsync=off'] } } };
  expect(delayed(own, 'base', 8, image).services.base?.entrypoint?.slice(3)).toEqual(['/own.sh', '-c', 'fsync=off']);
});

it('has a model of its own, whose secrets are read as they are', () => {
  const login = { user: 'dataeng', password: 'p@$/s', database: 'warehouse' };
  const { services } = ownDocument({
    trial: 'x',
    project: 'escale-trial-x-own',
    folder: FOLDER,
    build: { context: '/tmp/escale-trial-x/own' },
    kept: ['.venv'],
    login,
  });
  expect(services.postgres?.environment?.POSTGRES_PASSWORD).toBe('p@$$/s');
  expect(services.etl?.environment).toMatchObject({
    DATABASE_URL: 'postgresql://dataeng:p%40%24%2Fs@postgres:5432/warehouse',
    DB_HOST: 'postgres',
    PGPASSWORD: 'p@$$/s',
  });
  expect(services.etl?.volumes).toEqual([
    { type: 'bind', source: FOLDER, target: '/app' },
    { type: 'volume', target: '/app/.venv' },
  ]);
});
