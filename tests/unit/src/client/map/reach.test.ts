import { describe, expect, it } from 'vitest';
import type { DrawnMap, MapService } from '../../../../../contract/stack-map.ts';
import { BROWSER, INTERNET, reach } from '../../../../../src/client/map/reach.ts';
import { mapOf, service } from './sample-map.ts';

const asks = (host: string, port: number | null = 5432): Pick<MapService, 'asks'> => ({ asks: [{ variable: 'DATABASE_URL', host, port }] });
const etl = (over: Parameters<typeof service>[1] = {}) =>
  service('etl', { ...asks('postgres'), ...over, container: { listening: [], ...over.container } });
const publishes = { ports: [{ inside: 5432, published: '5432', address: '127.0.0.1' }], container: { published: [5432] } };
const internal = (map: DrawnMap): DrawnMap => ({
  ...map,
  networks: map.networks.map((network) => ({ ...network, internal: true, actual: { internal: true, subnets: [] } })),
});

describe('between two services', () => {
  it.each([
    ['reachable', [etl(), service('postgres')], ['au port 5432', '`default`']],
    [
      'no-common-network',
      [etl({ networks: ['front'] }), service('postgres', { networks: ['back'] })],
      ['`etl` est sur `front`', '`postgres` est sur `back`'],
    ],
    [
      'older-than-file',
      [etl(), service('postgres', { container: { networks: ['etl_old'] } })],
      ['tous deux sur `default`', 'docker compose up -d'],
    ],
    ['no-network', [etl({ mode: 'none', networks: [] }), service('postgres')], ['network_mode: none']],
    ['host-network', [etl({ mode: 'host', networks: [] }), service('postgres', publishes)], ['localhost:5432']],
    ['host-network', [etl(), service('postgres', { mode: 'host', networks: [] })], ['network_mode: host']],
    ['default-bridge', [etl({ mode: 'bridge', networks: [] }), service('postgres')], ['bridge']],
    ['shared-network', [etl(), service('postgres', { mode: 'service:proxy', networks: [] }), service('proxy')], ['Demandez `proxy`']],
    ['localhost', [etl(asks('localhost')), service('postgres', publishes)], ['`localhost`', '`postgres:5432`']],
    ['host-of-desktop', [etl(asks('host.docker.internal')), service('postgres', publishes)], ['Docker Desktop']],
    ['address-written', [etl(asks('172.18.0.4')), service('postgres')], ['`172.18.0.4`', '`postgres:5432`']],
    ['name-unknown', [etl(asks('postgress')), service('postgres')], ['`postgress`', 'aucun service']],
    ['name-elsewhere', [etl({ elsewhere: ['postgres'] }), service('postgres')], ['extra_hosts']],
    ['not-started', [etl(), service('postgres', { container: null })], ['docker compose up -d postgres']],
    ['not-started', [etl(), service('postgres', { state: 'not-started', container: { running: false } })], ['n’a pas démarré']],
    [
      'ended',
      [etl(), service('postgres', { state: 'failed', container: { running: false, exitCode: 3 } })],
      ['code 3', 'docker compose logs postgres'],
    ],
    ['ended', [etl(), service('postgres', { state: 'stopped', container: { running: false } })], ['docker compose start postgres']],
    ['ended', [etl(), service('postgres', { state: 'restarting', container: { running: false } })], ['sans cesse']],
    ['loopback', [etl(), service('postgres', { container: { listening: [{ port: 5432, loopback: true }] } })], ['127.0.0.1', '0.0.0.0']],
    ['wrong-port', [etl(asks('postgres', 5431)), service('postgres')], ['`DATABASE_URL` demande le port 5431', 'écoute sur 5432']],
    [
      'published-port',
      [etl(asks('postgres', 5433)), service('postgres', { ports: [{ inside: 5432, published: '5433', address: '' }] })],
      ['5433, le port publié', '`postgres:5432`'],
    ],
    ['nothing-listens', [etl(), service('postgres', { container: { listening: [] } })], ['Rien n’écoute']],
    ['starting', [etl(), service('postgres', { state: 'starting', container: { listening: [] } })], ['démarre']],
    ['port-unknown', [etl(), service('postgres', { container: { listening: null } })], ['on ne sait pas encore']],
    [
      'unhealthy',
      [etl(), service('postgres', { state: 'unhealthy', container: { health: { status: 'unhealthy', lastOutput: 'no response' } } })],
      ['vérification de santé échoue', 'no response'],
    ],
  ] as const)('%s', (reason, services, words) => {
    const answer = reach(mapOf([...services]), 'etl', 'postgres');
    expect(answer.reason).toBe(reason);
    for (const word of words) expect(`${answer.text} ${answer.mend}`).toContain(word);
    const reachable = ['reachable', 'unhealthy'].includes(reason);
    expect(answer.can).toBe(reason === 'port-unknown' ? null : reachable);
  });

  it('goes by the names that lead to it: its container’s and its aliases', () => {
    const target = service('postgres', { names: ['postgres', 'etl-db', 'db'] });
    for (const host of target.names) expect(reach(mapOf([etl(asks(host)), target]), 'etl', 'postgres').can).toBe(true);
  });

  it('asks for no variable: a service that listens is reachable, at a port that it names', () => {
    const answer = reach(
      mapOf([service('pgadmin', { container: { listening: [{ port: 80, loopback: false }] } }), service('postgres')]),
      'pgadmin',
      'postgres',
    );
    expect(answer).toMatchObject({ can: true, reason: 'reachable' });
    expect(answer.text).toContain('port 5432');
  });

  it('says what is seen, and that the one who asks does not run', () => {
    const seen = mapOf([etl(), service('postgres')], { talks: [{ from: 'etl', to: 'postgres', port: 5432, open: 2 }] });
    expect(reach(seen, 'etl', 'postgres').text).toContain('2 connexions sont ouvertes');
    const ended = mapOf([etl({ state: 'done', container: { running: false } }), service('postgres')]);
    expect(reach(ended, 'etl', 'postgres').text).toContain('`etl` ne tourne pas');
  });

  it('leads to itself by localhost', () => {
    expect(reach(mapOf([etl()]), 'etl', 'etl')).toMatchObject({ can: true, reason: 'same' });
  });
});

describe('from the browser', () => {
  it.each([
    ['reachable', mapOf([service('api', publishes)]), ['localhost:5432']],
    ['not-published', mapOf([service('api')]), ['ne publie aucun port']],
    ['internal', internal(mapOf([service('api', publishes)])), ['`internal`']],
    ['ended', mapOf([service('api', { ...publishes, state: 'stopped', container: { running: false } })]), ['est arrêté']],
    ['older-than-file', mapOf([service('api', { ports: publishes.ports })]), ['date d’avant']],
    [
      'loopback',
      mapOf([service('api', { ...publishes, container: { published: [5432], listening: [{ port: 5432, loopback: true }] } })]),
      ['127.0.0.1'],
    ],
    [
      'wrong-port',
      mapOf([service('api', { ...publishes, container: { published: [5432], listening: [{ port: 8000, loopback: false }] } })]),
      ['8000', '`5432:8000`'],
    ],
    ['host-network', mapOf([service('api', { mode: 'host', networks: [] })]), ['réseau de l’hôte']],
    ['no-network', mapOf([service('api', { mode: 'none', networks: [] })]), ['none']],
  ] as const)('%s', (reason, map, words) => {
    const answer = reach(map, BROWSER, 'api');
    expect(answer.reason).toBe(reason);
    expect(answer.can).toBe(reason === 'reachable');
    for (const word of words) expect(`${answer.text} ${answer.mend}`).toContain(word);
  });
});

describe('to the internet', () => {
  it.each([
    ['reachable', mapOf([etl()])],
    ['internal', internal(mapOf([etl()]))],
    ['no-network', mapOf([etl({ mode: 'none', networks: [] })])],
  ] as const)('%s', (reason, map) => {
    expect(reach(map, 'etl', INTERNET)).toMatchObject({ reason, can: reason === 'reachable' });
  });

  it('has a way out by one ordinary network among internal ones', () => {
    const map = mapOf([etl({ networks: ['data', 'out'] })]);
    const half = { ...map, networks: map.networks.map((one) => ({ ...one, internal: one.name === 'data', actual: null })) };
    expect(reach(half, 'etl', INTERNET).can).toBe(true);
  });
});

it('cannot tell of what is not in the file', () => {
  expect(reach(mapOf([etl()]), 'etl', 'gone')).toMatchObject({ can: null, reason: 'absent-from-file' });
});
