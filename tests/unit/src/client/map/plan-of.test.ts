import { describe, expect, it } from 'vitest';
import { planOf, zoneOf } from '../../../../../src/client/map/plan-of.ts';
import { mapOf, service } from './sample-map.ts';

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
