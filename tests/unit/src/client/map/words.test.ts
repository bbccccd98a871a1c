import { describe, expect, it } from 'vitest';
import type { LabSnapshot } from '../../../../../src/client/connection/snapshot-store.ts';
import { emptyWords } from '../../../../../src/client/map/empty-words.ts';
import { planOf, zoneOf } from '../../../../../src/client/map/plan-of.ts';
import {
  differences,
  loadWords,
  networkDifference,
  portWords,
  spokenRest,
  waitingFor,
} from '../../../../../src/client/map/service-words.ts';
import { mapOf, service } from './sample-map.ts';

describe('a service', () => {
  it('says what differs between the file and what runs', () => {
    const moved = service('etl', { networks: ['data'], container: { networks: ['etl_default'], outdated: true } });
    const map = mapOf([moved, service('db')]);
    expect(differences(map, moved).join(' ')).toMatch(/date d’avant le fichier.*sur `data`, le conteneur n’y est pas.*est sur `default`/);
    expect(differences(map, service('db'))).toEqual([]);
    expect(differences(map, service('db', { container: null }))).toEqual([]);
  });

  it('says what it waits for until it has started', () => {
    const waitsFor = [{ service: 'postgres', condition: 'healthy' as const, satisfied: false }];
    expect(waitingFor(service('etl', { waitsFor, state: 'not-started' }))).toBe('attend `postgres` sain');
    expect(waitingFor(service('etl', { waitsFor, state: 'good' }))).toBe('');
    expect(waitingFor(service('etl', { waitsFor, container: null }))).toBe('');
  });

  it('says in words what its place and its marks show', () => {
    const api = service('api', { container: { outdated: true } });
    expect(spokenRest(mapOf([api]), api, ['Une API'])).toBe('réseaux default, diffère du fichier, critère pas atteint : Une API');
    const alone = service('tool', { mode: 'host', networks: [] });
    expect(spokenRest(mapOf([alone]), alone, [])).toBe('host');
  });

  it('writes ports and load', () => {
    const api = service('api', {
      ports: [{ inside: 80, published: '', address: '' }],
      container: { cpuPercent: null, memoryBytes: 1.5 * 2 ** 30 },
    });
    expect(portWords(api)).toEqual(['? → 80']);
    expect(loadWords(api)).toBe('1,5 Go');
    expect(loadWords(service('db'))).toBe('1 % · 32 Mo');
    expect(loadWords(service('db', { container: null }))).toBe('');
  });
});

it('names a network with another subnet than the file asks for', () => {
  const network = { name: 'data', engineName: 'etl_data', internal: false, subnets: ['172.28.0.0/16'] };
  expect(networkDifference({ ...network, actual: { internal: false, subnets: ['172.18.0.0/16'] } })).toMatch(
    /172\.28\.0\.0\/16.*172\.18\.0\.0\/16/,
  );
  expect(networkDifference({ ...network, actual: { internal: true, subnets: ['172.28.0.0/16'] } })).toContain('ouvert');
  expect(networkDifference({ ...network, actual: { internal: false, subnets: ['172.28.0.0/16'] } })).toBeUndefined();
  expect(networkDifference({ ...network, actual: null })).toBeUndefined();
});

describe('the plan', () => {
  const zones = [
    [service('a', { networks: ['out', 'data'] }), 'data + out'],
    [service('b', { mode: 'host', networks: [] }), 'réseau de l’hôte'],
    [service('c', { mode: 'none', networks: [] }), 'aucun réseau'],
    [service('d', { mode: 'service:a', networks: [] }), 'data + out'],
  ] as const;

  it('puts services of the same networks in one zone', () => {
    const map = mapOf(zones.map(([one]) => one));
    for (const [one, zone] of zones) expect(zoneOf(map, one)).toBe(zone);
  });

  it('is the same whatever happens to the services', () => {
    const calm = mapOf([service('a'), service('b')]);
    const busy = mapOf([service('a', { state: 'unhealthy', container: { outdated: true } }), service('b', { container: null })], {
      talks: [{ from: 'a', to: 'b', port: 80, open: 1 }],
    });
    expect(planOf(busy, 700)).toEqual(planOf(calm, 700));
    expect(planOf(calm, 390).narrow).toBe(true);
  });
});

describe('where there is nothing to draw', () => {
  const open: Pick<LabSnapshot, 'connection' | 'lab'> = {
    connection: { kind: 'open' },
    lab: { lab: 'solo', state: 'ready', isolation: 'userns', steps: [] },
  };

  it.each([
    ['La carte se dessine…', open, undefined],
    ['Pas encore de fichier Compose', open, { state: 'absent', lookalike: null }],
    ['Le moteur du labo ne répond pas', open, { state: 'away' }],
    ['La carte attend le labo', { ...open, lab: { lab: 'solo', state: 'asleep', isolation: 'userns', steps: [] } }, { state: 'away' }],
    ['Aucun service', open, mapOf([])],
  ] as const)('says « %s »', (title, snapshot, map) => {
    expect(
      emptyWords({ ...snapshot, lab: snapshot.lab && { ...snapshot.lab, steps: [] } }, map === undefined ? undefined : map).title,
    ).toBe(title);
  });

  it('leads to the place of a fault, and to a file whose name is nearly right', () => {
    const fault = { state: 'faulty', file: 'docker-compose.yml', line: 7, what: 'une clé est inconnue', look: 'Corrigez-la.' } as const;
    expect(emptyWords(open, fault)).toMatchObject({ file: { path: 'docker-compose.yml', line: 7 } });
    expect(emptyWords(open, fault).text).toBe('`docker-compose.yml`, ligne 7 : une clé est inconnue. Corrigez-la.');
    expect(emptyWords(open, { state: 'absent', lookalike: 'docker_compose.yml' }).file?.path).toBe('docker_compose.yml');
  });
});
