import { Writable } from 'node:stream';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EscaleError } from '../../../../server/errors/escale-error.ts';
import { COURSE_IMAGES } from '../../../../server/images/course/catalogue.ts';
import type { LabImages } from '../../../../server/images/definitions.ts';
import type { LabHost } from '../../../../server/labs/service/lab-host.ts';
import { createLogger } from '../../../../server/logging/logger.ts';
import { type EngineStoreSource, Preparation } from '../../../../server/setup/preparation.ts';
import { FakeDriver } from '../fakes/fake-driver.ts';
import { NO_STORES } from '../fakes/fake-labs.ts';

let labImage: LabImages['labImage'];
let courseImage: LabImages['courseImage'];
let fill: EngineStoreSource['fill'];
let host: LabHost | null;
const log = createLogger('silent', new Writable());

beforeEach(() => {
  labImage = vi.fn(async (progress) => {
    progress('couche 3 sur 4');
    return 'lab:1';
  });
  courseImage = async () => undefined;
  fill = async () => null;
  const images: LabImages = {
    labImage: (progress, signal) => labImage(progress, signal),
    findLabImage: async () => null,
    registry: async () => 'registry:5000',
    courseImage: (name, progress, signal) => courseImage(name, progress, signal),
    publicRegistry: () => true,
    stopRegistry: async () => undefined,
    served: async () => [],
    list: async () => [{ name: 'python:3.11-slim', origin: 'built', sizeBytes: 1, ready: true }],
  };
  host = { driver: new FakeDriver(), images, stores: NO_STORES, memoryBytes: 8e9, cpus: 2 };
});

function prepare(): Preparation {
  return new Preparation(
    {
      require: async () => {
        if (host !== null) return host;
        throw new EscaleError('unavailable', 'engine.unreachable', { message: 'Aucun moteur.', hint: 'Démarrez Docker.' });
      },
    },
    log,
    { find: async () => null, fill: (...filling) => fill(...filling) },
  );
}

function presentHost(): LabHost {
  if (host === null) throw new Error('no host');
  return host;
}

const steps = (preparation: Preparation, blocksLab: boolean) =>
  preparation.board.status().steps.filter((step) => step.blocksLab === blocksLab);
const states = (preparation: Preparation) => steps(preparation, true).map(({ id, state }) => `${id} ${state}`);

describe('the preparation for labs', () => {
  it('runs step by step, showing each line; then a lab may start', async () => {
    const preparation = prepare();
    const details: (string | undefined)[] = [];
    preparation.board.on('change', () => details.push(preparation.board.status().steps[1]?.detail));
    const onReady = vi.fn();
    const run = preparation.run(onReady);
    await vi.waitFor(() => expect(onReady).toHaveBeenCalledOnce());
    expect(states(preparation)).toEqual(['engine done', 'lab-image done', 'registry done']);
    expect(details).toContain('couche 3 sur 4');
    expect(preparation.board.status().images).toEqual([{ name: 'python:3.11-slim', origin: 'built', ready: true }]);
    expect(preparation.ready).toBe(true);
    preparation.close();
    await run;
  });

  it('waits for an engine, says what is missing, and continues by itself when one starts', { timeout: 10_000 }, async () => {
    const there = host;
    host = null;
    const preparation = prepare();
    const onReady = vi.fn();
    const run = preparation.run(onReady);
    await vi.waitFor(() =>
      expect(preparation.board.status().steps[0]).toMatchObject({
        state: 'failed',
        problem: { code: 'engine.unreachable', hint: 'Démarrez Docker.' },
      }),
    );
    host = there;
    await vi.waitFor(() => expect(onReady).toHaveBeenCalledOnce(), { timeout: 5000 });
    expect(states(preparation)).toEqual(['engine done', 'lab-image done', 'registry done']);
    preparation.close();
    await run;
  });

  it('reports the failed step, and retries it for the next lab', async () => {
    labImage = async () => Promise.reject(new EscaleError('unavailable', 'images.step-failed', { message: 'm', hint: 'h' }));
    const preparation = prepare();
    const there = presentHost();
    await expect(preparation.materials(there)).rejects.toMatchObject({ code: 'images.step-failed' });
    expect(states(preparation)).toEqual(['engine todo', 'lab-image failed', 'registry todo']);
    labImage = async () => 'lab:2';
    expect(await preparation.materials(there)).toEqual({ image: 'lab:2', registry: 'registry:5000', engineStore: null });
  });

  it('runs once for all requests, until a lab does not start', async () => {
    const preparation = prepare();
    const there = presentHost();
    await Promise.all([preparation.materials(there), preparation.materials(there)]);
    await preparation.materials(there);
    expect(labImage).toHaveBeenCalledTimes(1);
    preparation.doubt();
    expect(preparation.ready).toBe(false);
    await preparation.materials(there);
    expect(labImage).toHaveBeenCalledTimes(2);
  });
});

describe('images of the course', () => {
  it('are made in the background while labs can start, one after the other; a failed one does not stop the others', async () => {
    const asked: string[] = [];
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    courseImage = async (name) => {
      asked.push(name);
      await mayEnd;
      if (name === 'python:3.11-slim') throw new EscaleError('unavailable', 'images.step-failed', { message: 'm', hint: 'h' });
    };
    const preparation = prepare();
    const there = presentHost();
    await preparation.materials(there);
    expect(preparation.ready).toBe(true);
    await vi.waitFor(() => expect(asked).toEqual(['debian:bookworm-slim']));
    end();
    await preparation.supplied();
    const needed = COURSE_IMAGES.filter(({ later }) => later === undefined).length;
    expect(asked.length).toBeGreaterThanOrEqual(needed);
    await vi.waitFor(() => expect(asked).toEqual(COURSE_IMAGES.map(({ names }) => names[0])));
    await vi.waitFor(() => expect(steps(preparation, false).at(-2)?.state).toBe('done'));
    expect(steps(preparation, false).map(({ title, state }) => [title, state])).toEqual([
      ...asked.map((name) => [name, name === 'python:3.11-slim' ? 'failed' : 'done']),
      // A process that soon ends does not begin it.
      ['Images du cours dans chaque nouveau labo', 'todo'],
    ]);
  });

  it('are put into an engine store with which the labs made from then on begin: those of the first part, then all', async () => {
    const { promise: filled, resolve: end } = Promise.withResolvers<string>();
    const { promise: made, resolve: endLater } = Promise.withResolvers<void>();
    const later = new Set<string>(COURSE_IMAGES.filter((image) => image.later).map(({ names }) => names[0]));
    courseImage = async (name) => (later.has(name) ? made : undefined);
    fill = async (_host, _materials, which, progress) => {
      if (which === 'all') return 'escale-engine-2';
      progress('python:3.11-slim');
      return filled;
    };
    const preparation = prepare();
    const there = presentHost();
    const run = preparation.run(() => undefined);
    await vi.waitFor(() => expect(steps(preparation, false).at(-1)).toMatchObject({ state: 'running', detail: 'python:3.11-slim' }));
    expect((await preparation.materials(there)).engineStore).toBeNull();
    end('escale-engine-1');
    await vi.waitFor(async () => expect((await preparation.materials(there)).engineStore).toBe('escale-engine-1'));
    endLater();
    await vi.waitFor(async () => expect((await preparation.materials(there)).engineStore).toBe('escale-engine-2'));
    preparation.close();
    await run;
  });

  it('come from the registry while the store cannot be filled', async () => {
    fill = async () => Promise.reject(new EscaleError('unavailable', 'images.engine-store', { message: 'm', hint: 'h' }));
    const preparation = prepare();
    const there = presentHost();
    const run = preparation.run(() => undefined);
    await vi.waitFor(() =>
      expect(steps(preparation, false).at(-1)).toMatchObject({ state: 'failed', problem: { code: 'images.engine-store' } }),
    );
    expect(preparation.ready).toBe(true);
    expect((await preparation.materials(there)).engineStore).toBeNull();
    preparation.close();
    await run;
  });

  it('are aborted when the server ends', async () => {
    courseImage = (_name, _progress, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const preparation = prepare();
    const run = preparation.run(() => undefined);
    await vi.waitFor(() => expect(preparation.ready).toBe(true));
    preparation.close();
    await run;
    expect(steps(preparation, false).filter(({ state }) => state === 'done')).toEqual([]);
  });
});
