import { describe, expect, it } from 'vitest';
import { type Box, type Places, type Plan, place, placeAgain } from '../../../../../src/client/map/layout.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

/** A stack of this many services in some zones; each waits for two others. */
function plan(count: number, zones = 4): Plan {
  const all = names(count);
  return {
    nodes: all.map((name, index) => ({ name, zone: `z${index % zones}`, height: 92 })),
    order: all
      .slice(1)
      .flatMap((after, index) => [...new Set([index >> 1, ((index * 2) / 3) | 0])].map((before) => ({ before: `s${before}`, after }))),
    width: 184,
    narrow: false,
  };
}

const overlaps = (boxes: Iterable<Box>) => {
  const all = [...boxes];
  return all.some((a, index) =>
    all.slice(0, index).some((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
  );
};
const inside = (places: Places, { nodes }: Plan) =>
  nodes.every(({ name, zone }) => {
    const [node, around] = [places.nodes.get(name), places.zones.get(zone)];
    return (
      node &&
      around &&
      node.x > around.x &&
      node.y > around.y &&
      node.x + node.width < around.x + around.width &&
      node.y + node.height < around.y + around.height
    );
  });

describe.each([1, 3, 9, 40])('%i services', (count) => {
  it('stand apart, each in its zone, zones apart', () => {
    for (const narrow of [false, true]) {
      const drawn = { ...plan(count), narrow };
      const places = place(drawn);
      expect(places.nodes.size).toBe(count);
      expect(overlaps(places.nodes.values())).toBe(false);
      expect(overlaps(places.zones.values())).toBe(false);
      expect(inside(places, drawn)).toBe(true);
    }
  });
});

it('draws what starts first on the left', () => {
  const places = place({ ...plan(2, 1), order: [{ before: 's1', after: 's0' }] });
  expect(places.nodes.get('s1')?.x).toBeLessThan(places.nodes.get('s0')?.x ?? 0);
});

describe('a stack that changes', () => {
  it('moves nothing that stays, and finds a place for what is new', () => {
    let before = plan(6, 2);
    let places = place(before);
    for (const name of ['redis', 'mongodb', 'api']) {
      const next = { ...before, nodes: [...before.nodes, { name, zone: name === 'api' ? 'new zone' : 'z1', height: 92 }] };
      const after = placeAgain(next, before, places);
      for (const { name: kept } of before.nodes) expect(after.nodes.get(kept)).toEqual(places.nodes.get(kept));
      expect(overlaps(after.nodes.values())).toBe(false);
      expect(overlaps(after.zones.values())).toBe(false);
      expect(inside(after, next)).toBe(true);
      [before, places] = [next, after];
    }
  });

  it('moves only zones, as a whole, where a zone has no room', () => {
    const before = { ...plan(8, 2), narrow: true };
    const places = place(before);
    const upper = (places.zones.get('z0')?.y ?? 0) < (places.zones.get('z1')?.y ?? 0) ? 'z0' : 'z1';
    const next = { ...before, nodes: [...before.nodes, { name: 'redis', zone: upper, height: 92 }] };
    const after = placeAgain(next, before, places);
    const moves = before.nodes.map(({ name, zone }) => ({
      zone,
      x: (after.nodes.get(name)?.x ?? 0) - (places.nodes.get(name)?.x ?? 0),
      y: (after.nodes.get(name)?.y ?? 0) - (places.nodes.get(name)?.y ?? 0),
    }));
    expect(new Set(moves.map((move) => JSON.stringify(move))).size).toBe(2);
    expect(moves.filter(({ zone }) => zone === upper).every(({ x, y }) => x === 0 && y === 0)).toBe(true);
    expect(overlaps(after.zones.values())).toBe(false);
  });

  it('moves nothing when a service goes, or when its ports make it higher', () => {
    const before = plan(5, 1);
    const places = place(before);
    const fewer = placeAgain({ ...before, nodes: before.nodes.slice(1) }, before, places);
    for (const [name, box] of fewer.nodes) expect(box).toEqual(places.nodes.get(name));
    const higher = { ...before, nodes: before.nodes.map((node) => (node.name === 's4' ? { ...node, height: 104 } : node)) };
    expect(placeAgain(higher, before, places).nodes.get('s0')).toEqual(places.nodes.get('s0'));
  });

  it('is laid out anew on a screen of another form', () => {
    const before = plan(4, 1);
    const narrow = { ...before, narrow: true };
    expect(placeAgain(narrow, before, place(before))).toEqual(place(narrow));
  });
});
