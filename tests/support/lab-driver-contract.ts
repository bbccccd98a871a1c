import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabStep } from '../../contract/lab.ts';
import type { LabDriver, LabEndpoint, LabSpec } from '../../server/labs/driver/definitions.ts';

/** What the suite needs besides a driver, to see from outside what the driver did. */
export interface DriverWorld {
  /** A driver of one instance. Two of the same name see the same labs, as a server and the next one do. */
  driver(instance: string): LabDriver;
  /** A lab that can be made. */
  readonly spec: LabSpec;
  /** Kinds of the objects that instance `own` has for the lab, in this order. */
  remains(): Promise<readonly ('container' | 'network' | 'volumes')[]>;
  /** Takes the container away without the driver. */
  removeContainer(endpoint: LabEndpoint): Promise<void>;
  /** Leaves a note in the lab, as a learner does, and reads it back. */
  write(endpoint: LabEndpoint, note: string): Promise<void>;
  read(endpoint: LabEndpoint): Promise<string>;
}

/** The time a driver has for one verb, on a loaded machine too. */
const VERB_MS = 120_000;
const patience = () => AbortSignal.timeout(VERB_MS);
const nothing = () => undefined;

/** What `LabDriver` promises, for each that implements it. */
export function labDriverContract(make: () => Promise<DriverWorld>): void {
  describe('a lab driver', { timeout: 2 * VERB_MS }, () => {
    let world: DriverWorld;
    let driver: LabDriver;
    let spec: LabSpec;

    beforeAll(async () => {
      world = await make();
      driver = world.driver('own');
      spec = world.spec;
    });
    afterAll(() => driver.remove(spec.id, patience()));

    const start = (onStep: (step: LabStep) => void = nothing) => driver.start(spec, onStep, patience());

    it('makes a lab, tells each step, and sees it ready', async () => {
      const steps: LabStep[] = [];
      const endpoint = await start((step) => steps.push(step));
      expect(steps[0]?.id).toBe('volumes');
      expect(new Set(steps.map(({ id }) => id))).toEqual(new Set(steps.filter(({ state }) => state === 'done').map(({ id }) => id)));
      expect(await driver.inspect(spec.id)).toEqual({ id: spec.id, state: 'ready', isolation: spec.isolation, endpoint });
      expect(await world.remains()).toEqual(['container', 'network', 'volumes']);
    });

    it('changes nothing of a lab that runs, also when it is asked twice at once', async () => {
      const before = await start();
      expect(await Promise.all([start(), start()])).toEqual([before, before]);
    });

    it('is found again by the next driver of its instance, and by no other', async () => {
      await start();
      const sight = await driver.inspect(spec.id);
      expect(await world.driver('own').list()).toEqual([sight]);
      const stranger = world.driver('stranger');
      expect(await stranger.list()).toEqual([]);
      expect(await stranger.inspect(spec.id)).toBeNull();
      await stranger.stop(spec.id, patience());
      await stranger.remove(spec.id, patience());
      expect(await driver.inspect(spec.id)).toEqual(sight);
    });

    it('runs a lab of the same id for another instance beside it', async () => {
      const own = await start();
      const twin = world.driver('twin');
      try {
        expect((await twin.start({ ...spec, agentToken: 'f'.repeat(48) }, nothing, patience())).container).not.toBe(own.container);
        expect(await driver.list()).toHaveLength(1);
      } finally {
        await twin.remove(spec.id, patience());
      }
      expect(await driver.inspect(spec.id)).toMatchObject({ state: 'ready', endpoint: own });
    });

    it('tells what a lab uses, of what it may use', async () => {
      await start();
      const { memoryBytes, memoryLimitBytes, diskBytes } = await driver.usage(spec.id);
      expect(memoryLimitBytes).toBe(spec.memoryBytes);
      expect(memoryBytes).toBeGreaterThan(0);
      expect(memoryBytes).toBeLessThanOrEqual(memoryLimitBytes);
      expect(diskBytes).toBeGreaterThan(0);
    });

    it('stops a lab, twice, and starts it with what it held', async () => {
      await world.write(await start(), 'kept');
      await driver.stop(spec.id, patience());
      expect(await driver.inspect(spec.id)).toMatchObject({ state: 'stopped', endpoint: null });
      expect(await world.remains()).toEqual(['container', 'network', 'volumes']);
      await driver.stop(spec.id, patience());
      expect(await world.read(await start())).toBe('kept');
    });

    it('makes a lab again that was removed behind its back, with what it held', async () => {
      const endpoint = await start();
      await world.write(endpoint, 'kept again');
      await world.removeContainer(endpoint);
      expect(await driver.inspect(spec.id)).toBeNull();
      expect(await driver.list()).toEqual([]);
      await driver.stop(spec.id, patience());
      expect(await world.read(await start())).toBe('kept again');
    });

    it('takes the data of the engine alone, and the next start makes it anew', async () => {
      await world.write(await start(), 'kept at home');
      await driver.removeEngine(spec.id, patience());
      expect(await world.remains()).toEqual(['volumes']);
      expect(await driver.inspect(spec.id)).toBeNull();
      expect(await world.read(await start())).toBe('kept at home');
    });

    it('leaves the volumes only when a start fails, and names the reason', async () => {
      await start();
      await driver.stop(spec.id, patience());
      const steps: LabStep[] = [];
      const failing = driver.start({ ...spec, freeFloorBytes: 2 ** 60 }, (step) => steps.push(step), patience());
      await expect(failing).rejects.toMatchObject({ code: 'lab.host-disk', kind: 'unavailable' });
      expect(steps.at(-1)).toEqual({ id: 'isolation', state: 'failed' });
      expect(await world.remains()).toEqual(['volumes']);
      expect(await driver.inspect(spec.id)).toBeNull();
    });

    it('leaves the volumes only when a start is aborted, and ends by the reason of the abort', async () => {
      await driver.remove(spec.id, patience());
      const abort = new AbortController();
      const aborted = driver.start(spec, ({ id }) => id === 'isolation' && abort.abort(new Error('enough')), abort.signal);
      await expect(aborted).rejects.toThrow('enough');
      expect(await world.remains()).toEqual(['volumes']);
    });

    it('begins nothing once it is aborted', async () => {
      await driver.remove(spec.id, patience());
      await expect(driver.start(spec, nothing, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
      expect(await world.remains()).toEqual([]);
    });

    it('removes all of a lab, twice, and then has nothing to tell of it', async () => {
      await start();
      await driver.remove(spec.id, patience());
      expect(await world.remains()).toEqual([]);
      await driver.remove(spec.id, patience());
      await driver.stop(spec.id, patience());
      expect([await driver.inspect(spec.id), await driver.list()]).toEqual([null, []]);
      await expect(driver.usage(spec.id)).rejects.toMatchObject({ code: 'lab.unknown' });
    });
  });
}
