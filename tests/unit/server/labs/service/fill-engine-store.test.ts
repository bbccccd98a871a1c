import { expect, it } from 'vitest';
import type { ServedImage } from '../../../../../server/images/definitions.ts';
import type { EngineStores, LabSpec } from '../../../../../server/labs/driver/definitions.ts';
import { fillEngineStore, findEngineStore } from '../../../../../server/labs/service/fill-engine-store.ts';
import { FAKE_IMAGES } from '../../fakes/fake-labs.ts';

const FIRST: ServedImage = { name: 'python:3.11-slim', digest: 'sha256:1' };
const REDIS: ServedImage = { name: 'redis:7-alpine', digest: 'sha256:2', later: true };
const MONGO: ServedImage = { name: 'mongo:7', digest: 'sha256:3', later: true };
const SPEC = { isolation: 'userns' } as LabSpec;
const signal = new AbortController().signal;

/** Stores that are named after what they hold. */
function shelves(served: ServedImage[]) {
  const complete = new Set<string>();
  const nameOf = (images: readonly ServedImage[]): string => images.map(({ name }) => name).join(' ');
  const stores: EngineStores = {
    find: async (images) => (complete.has(nameOf(images)) ? nameOf(images) : null),
    prepare: async (images) => {
      complete.add(nameOf(images));
      return nameOf(images);
    },
    sweep: async () => [],
  };
  return { host: { stores, images: { ...FAKE_IMAGES, served: async () => served } }, complete };
}

it('fills a store for the first part, then one with all that is served, which labs then begin with', async () => {
  const served = [FIRST];
  const { host, complete } = shelves(served);
  const fill = (which: 'first' | 'all') => fillEngineStore(host, SPEC, which, () => undefined, signal);
  expect(await fill('first')).toBe('python:3.11-slim');
  served.push(REDIS);
  // Neither a store of its own for each image that is made, nor none.
  expect(await findEngineStore(host, SPEC)).toBe('python:3.11-slim');
  expect(await fill('first')).toBe('python:3.11-slim');
  served.push(MONGO);
  expect(await fill('all')).toBe('python:3.11-slim redis:7-alpine mongo:7');
  expect(await findEngineStore(host, SPEC)).toBe('python:3.11-slim redis:7-alpine mongo:7');
  expect(await fill('first')).toBe('python:3.11-slim redis:7-alpine mongo:7');
  expect([...complete]).toEqual(['python:3.11-slim', 'python:3.11-slim redis:7-alpine mongo:7']);
});

it('fills none where labs could write to it, or where nothing is served', async () => {
  const { host, complete } = shelves([FIRST]);
  const bare = { ...SPEC, isolation: 'capabilities' } as const;
  expect(await fillEngineStore(host, bare, 'all', () => undefined, signal)).toBeNull();
  expect(await fillEngineStore(shelves([]).host, SPEC, 'all', () => undefined, signal)).toBeNull();
  expect([...complete]).toEqual([]);
  expect(await findEngineStore(host, bare)).toBeNull();
});
