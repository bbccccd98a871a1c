import { describe, expect, it } from 'vitest';
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
