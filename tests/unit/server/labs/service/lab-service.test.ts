import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentHealth } from '../../../../../contract/agent.ts';
import type { LabState, LabStep } from '../../../../../contract/lab.ts';
import { EscaleError } from '../../../../../server/errors/escale-error.ts';
import type { LabService } from '../../../../../server/labs/service/lab-service.ts';
import { openDatabase } from '../../../../../server/state/database.ts';
import { LabStore } from '../../../../../server/state/lab-store.ts';
import { fakeAgent } from '../../fakes/fake-agent.ts';
import { FakeDriver } from '../../fakes/fake-driver.ts';
import { fakeLabs } from '../../fakes/fake-labs.ts';

let driver: FakeDriver;
let store: LabStore;
let agent: ReturnType<typeof fakeAgent>;
let engineThere: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  driver = new FakeDriver();
  store = new LabStore(openDatabase(':memory:'));
  agent = fakeAgent();
  engineThere = true;
});

afterEach(() => void vi.useRealTimers());

/** A service as in a newly started process. */
function service(): LabService {
  return fakeLabs({ driver, store, agent, engineThere: () => engineThere });
}

const MINUTE = 60_000;

/** The ids of the warm labs that are ready. */
const warmIds = (): string[] => store.list().flatMap(({ id, warm }) => (warm ? [id] : []));

function code(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof EscaleError ? error.code : String(error)),
  );
}

describe('a lab', () => {
  it('starts, gets the starter once, and reports its states and steps', async () => {
    const labs = service();
    const states: LabState[] = [];
    const steps: LabStep[] = [];
    const lab = labs.lab('solo');
    lab.on('change', () => states.push(lab.status().state));
    const started = await labs.start({ lab: 'solo', onStep: (step) => steps.push(step) });
    expect(started).toMatchObject({ lab: 'solo', state: 'ready', container: 'c-solo', isolation: 'userns' });
    expect([...new Set(states)]).toEqual(['starting', 'creating', 'ready']);
    expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'volumes done',
      'isolation running',
      'isolation done',
      'project running',
      'project done',
      'engine running',
      'engine done',
    ]);
    await labs.stop('solo');
    await labs.start({ lab: 'solo' });
    expect(agent.put.map(String)).toEqual(['starter']);
  });

  it('is ready before its engine is, and a command waits for both', async () => {
    const engine = Promise.withResolvers<AgentHealth>();
    agent = fakeAgent({ engine: () => engine.promise });
    const labs = service();
    const started = vi.fn();
    const start = labs.start({ lab: 'solo' }).then(started);
    await vi.waitFor(() => expect(labs.lab('solo').status()).toMatchObject({ state: 'ready', engine: { state: 'starting' } }));
    expect(started).not.toHaveBeenCalled();
    engine.resolve({ agent: 'a', engine: { state: 'running', version: '26.1' } });
    await start;
    expect(labs.lab('solo').status().engine).toEqual({ state: 'running', version: '26.1' });
    expect(started.mock.calls[0]?.[0].steps.map(({ name }: { name: string }) => name)).toContain('engine');
  });

  it('whose engine does not come up stays ready, and says why', async () => {
    const why = new EscaleError('unavailable', 'unavailable.engine', { message: 'son dernier mot', hint: 'Redémarrez-le.' });
    agent = fakeAgent({ engine: () => Promise.reject(why) });
    const labs = service();
    expect(await code(labs.start({ lab: 'solo' }))).toBe('unavailable.engine');
    expect(labs.lab('solo').status()).toMatchObject({
      state: 'ready',
      engine: { state: 'stopped' },
      problem: { code: 'unavailable.engine', message: 'son dernier mot' },
      steps: expect.arrayContaining([{ id: 'engine', state: 'failed' }]),
    });
  });

  it('is returned to a command once the course’s images are there; its reported time is that of the lab alone', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const labs = fakeLabs({ driver, store, agent, supplied: () => promise });
    const started = vi.fn();
    const start = labs.start({ lab: 'solo' }).then(started);
    await vi.waitFor(() => expect(labs.lab('solo').status().state).toBe('ready'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(started).not.toHaveBeenCalled();
    resolve();
    await start;
    expect(started).toHaveBeenCalledWith(expect.objectContaining({ state: 'ready' }));
  });

  it('is returned unchanged when it is ready, and started once for two simultaneous requests', async () => {
    const labs = service();
    const { promise, resolve } = Promise.withResolvers<void>();
    driver.mayStart = promise;
    const both = Promise.all([labs.start({ lab: 'solo' }), labs.start({ lab: 'solo' })]);
    await vi.waitFor(() => expect(driver.specs).toHaveLength(1));
    resolve();
    const [one, two] = await both;
    await labs.start({ lab: 'solo' });
    expect([one.container, two.container]).toEqual(['c-solo', 'c-solo']);
    expect(driver.specs).toHaveLength(1);
  });

  it('is found again, with its tokens, by a server that replaces a killed one', async () => {
    await service().start({ lab: 'solo' });
    const next = service();
    expect(await next.status('solo')).toMatchObject({ state: 'ready' });
    expect((await next.access('solo')).agentToken).toBe(driver.specs[0]?.agentToken);
    expect(driver.specs).toHaveLength(1);
  });

  it('when found running, stays ready while it is checked, and reports if it must be restarted', async () => {
    await service().start({ lab: 'solo' });
    const next = service();
    await next.status('solo');
    const lab = next.lab('solo');
    const states: LabState[] = [];
    lab.on('change', () => states.push(lab.status().state));
    await lab.start();
    expect(new Set(states)).toEqual(new Set(['ready']));
    driver.broken = true;
    await lab.start();
    expect([...new Set(states)]).toEqual(['ready', 'starting']);
    expect(lab.status().state).toBe('ready');
  });

  it('is not considered gone by a look that began before its start and ended after it', async () => {
    const labs = service();
    const { promise, resolve } = Promise.withResolvers<null>();
    vi.spyOn(driver, 'inspect').mockReturnValueOnce(promise);
    const look = labs.lab('solo').refresh();
    await labs.start({ lab: 'solo' });
    resolve(null);
    await look;
    expect(labs.lab('solo').status().state).toBe('ready');
  });

  it('can be stopped while it starts, and stopped twice', async () => {
    const labs = service();
    driver.mayStart = new Promise(() => undefined);
    const start = code(labs.start({ lab: 'solo' }));
    await vi.waitFor(() => expect(driver.specs).toHaveLength(1));
    expect(await labs.stop('solo')).toMatchObject({ state: 'stopped' });
    expect(await start).toBe('lab.interrupted');
    expect(await labs.stop('solo')).toMatchObject({ state: 'stopped' });
    expect(store.find('solo')?.wanted).toBe('stopped');
  });

  it('reports why it failed, keeps its volumes, and starts when requested again', async () => {
    const labs = service();
    driver.failure = new EscaleError('unavailable', 'engine.refused', { message: 'Le moteur a refusé.', hint: 'Réessayez.' });
    expect(await code(labs.start({ lab: 'solo' }))).toBe('engine.refused');
    expect(labs.lab('solo').status()).toMatchObject({
      state: 'failed',
      problem: { code: 'engine.refused', hint: 'Réessayez.' },
      steps: expect.arrayContaining([{ id: 'isolation', state: 'failed' }]),
    });
    expect(driver.volumes).toContain('solo');
    await labs.start({ lab: 'solo' });
    expect(labs.lab('solo').status().problem).toBeUndefined();
  });

  it('aborts its start when the caller aborts', async () => {
    const labs = service();
    driver.mayStart = new Promise(() => undefined);
    const caller = new AbortController();
    const start = code(labs.start({ lab: 'solo', signal: caller.signal }));
    await vi.waitFor(() => expect(driver.specs).toHaveLength(1));
    caller.abort(new DOMException('too late', 'TimeoutError'));
    expect(await start).toBe('lab.not-ready');
    expect(labs.lab('solo').status().state).toBe('failed');
  });

  it('is removed if its start fails before anyone was told its id', async () => {
    driver.failure = new Error('boom');
    expect(await code(service().start())).toBe('escale.fault');
    expect(store.list()).toEqual([]);
    expect(driver.volumes.size).toBe(0);
  });

  it('is removed with everything it has, and then unknown', async () => {
    const labs = service();
    await labs.start({ lab: 'solo' });
    await labs.remove('solo');
    expect([store.list(), driver.volumes.size]).toEqual([[], 0]);
    for (const verb of [
      labs.status('solo'),
      labs.stop('solo'),
      labs.reset('solo'),
      labs.remove('solo'),
      labs.agent('solo'),
      labs.check('solo', [], { trials: false, waitMs: 0 }),
    ]) {
      expect(await code(verb)).toBe('lab.unknown');
    }
  });

  it('when stopped has no agent', async () => {
    const labs = service();
    await labs.start({ lab: 'solo' });
    await labs.stop('solo');
    expect(await code(labs.agent('solo'))).toBe('lab.away');
  });

  it('reports its usage', async () => {
    const labs = service();
    await labs.start({ lab: 'solo' });
    await labs.lab('solo').measure();
    expect(labs.lab('solo').status()).toMatchObject({
      engine: { state: 'running', version: '26.1' },
      memory: { usedBytes: 100, limitBytes: 1000 },
      disk: { usedBytes: 50, limitBytes: 400 },
    });
  });

  it('does not report a stopped engine when its agent does not answer', async () => {
    const labs = fakeLabs({ driver, store, agent: fakeAgent({ health: () => Promise.reject(new Error('late')) }) });
    await labs.start({ lab: 'solo' });
    await labs.lab('solo').measure();
    const status = labs.lab('solo').status();
    expect(status.memory).toBeDefined();
    expect(status.engine).toBeUndefined();
  });
});

describe('all labs', () => {
  it('are listed, including those that only the engine knows', async () => {
    const labs = service();
    await labs.start({ lab: 'b' });
    await labs.start({ lab: 'a' });
    await labs.stop('a');
    driver.stopped.add('orphan');
    expect((await service().list()).map(({ lab, state }) => `${lab} ${state}`)).toEqual(['a stopped', 'b ready', 'orphan stopped']);
  });

  it('stop with the server and are restarted by the next one', async () => {
    const labs = service();
    await labs.start({ lab: 'solo' });
    await labs.suspend(AbortSignal.timeout(1000));
    expect([driver.running.size, store.find('solo')?.wanted]).toEqual([0, 'running']);
  });

  it('cannot be listed without an engine, and the error says so', async () => {
    engineThere = false;
    expect(await code(service().list())).toBe('engine.unreachable');
  });
});

describe('a supervised lab', () => {
  it('is restarted if it was removed externally, with its volumes, but not if it was stopped', async () => {
    const labs = service();
    const end = new AbortController();
    labs.want('solo');
    const tending = labs.tend('solo', () => true, end.signal);
    await vi.waitFor(() => expect(driver.running.has('solo')).toBe(true));
    driver.removeBehindOurBack('solo');
    await vi.advanceTimersByTimeAsync(5000);
    expect(driver.running.has('solo')).toBe(true);
    expect(agent.put).toHaveLength(1);
    await labs.stop('solo');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(driver.running.has('solo')).toBe(false);
    end.abort();
    await tending;
  });

  it('waits until a lab may start', async () => {
    const labs = service();
    const end = new AbortController();
    labs.want('solo');
    const tending = labs.tend('solo', () => false, end.signal);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(driver.specs).toHaveLength(0);
    end.abort();
    await tending;
  });
});

describe('a lab that nobody uses', () => {
  let running: string[];
  let labs: LabService;
  const end = new AbortController();

  beforeEach(async () => {
    running = [];
    agent = fakeAgent({ activity: async () => ({ running }) });
    labs = service();
    await labs.start({ lab: 'solo' });
    void labs.sleepUnused(10 * MINUTE, end.signal);
  });
  afterEach(() => vi.advanceTimersByTimeAsync(0));

  const state = async (): Promise<LabState> => (await labs.status('solo')).state;

  it('sleeps after some minutes, keeps what it has, and is not restarted by its supervision or the next server', async () => {
    await vi.advanceTimersByTimeAsync(9 * MINUTE);
    expect(await state()).toBe('ready');
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(await state()).toBe('asleep');
    expect(driver.stopped).toContain('solo');
    void labs.tend('solo', () => true, end.signal);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await state()).toBe('asleep');
    expect((await service().status('solo')).state).toBe('asleep');
  });

  it('is woken by whoever asks for it, and by nothing else', async () => {
    await vi.advanceTimersByTimeAsync(11 * MINUTE);
    await labs.list();
    await labs.lab('solo').measure();
    expect(await state()).toBe('asleep');
    await labs.agent('solo');
    expect(await state()).toBe('ready');
  });

  it('stays awake while a page is open, and for as long again', async () => {
    const leave = labs.lab('solo').use();
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(await state()).toBe('ready');
    leave();
    leave();
    await vi.advanceTimersByTimeAsync(9 * MINUTE);
    expect(await state()).toBe('ready');
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(await state()).toBe('asleep');
  });

  it('stays awake while a container or a command runs', async () => {
    running = ['containerd-shim'];
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(await state()).toBe('ready');
  });

  it('stays awake when its agent does not tell what runs', async () => {
    agent.activity = () => Promise.reject(new EscaleError('unavailable', 'lab.silent', { message: 'm', hint: 'h' }));
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(await state()).toBe('ready');
  });

  it('that is woken while it falls asleep is awake in the end', async () => {
    const stopped = Promise.withResolvers<void>();
    const stop = driver.stop.bind(driver);
    driver.stop = async (id) => {
      await stopped.promise;
      await stop(id);
    };
    await vi.advanceTimersByTimeAsync(11 * MINUTE);
    expect(labs.lab('solo').status().state).toBe('stopping');
    const woken = labs.lab('solo').wake();
    stopped.resolve();
    await woken;
    expect(await state()).toBe('ready');
    expect(store.find('solo')).toMatchObject({ asleep: false, wanted: 'running' });
  });

  it('of which the server is killed while it falls asleep sleeps, or is put to sleep by the next one', async () => {
    driver.stop = () => new Promise(() => undefined);
    await vi.advanceTimersByTimeAsync(11 * MINUTE);
    const next = service();
    expect((await next.status('solo')).state).toBe('ready');
    await next.lab('solo').wake();
    expect(store.find('solo')).toMatchObject({ asleep: false, wanted: 'running' });
  });
});

describe('warm labs', () => {
  let madeFrom: string;
  let labs: LabService;
  let end: AbortController;

  beforeEach(() => {
    madeFrom = 'today';
    labs = fakeLabs({ driver, store, agent, madeFrom: () => madeFrom });
    end = new AbortController();
    void labs.keepWarm(2, () => true, end.signal);
  });
  afterEach(async () => {
    end.abort();
    await vi.advanceTimersByTimeAsync(0);
  });

  it('are made ahead, one at a time, and told in the list', async () => {
    await vi.advanceTimersByTimeAsync(0);
    expect(driver.running.size).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(driver.running.size).toBe(2);
    expect(await labs.list()).toEqual([expect.objectContaining({ warm: true }), expect.objectContaining({ warm: true })]);
  });

  it('are taken over by a start without a name, each once, and made again', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    const before = warmIds();
    const [one, two, three] = await Promise.all([labs.start(), labs.start(), labs.start()]);
    expect([one.lab, two.lab].toSorted()).toEqual(before.toSorted());
    expect(before).not.toContain(three.lab);
    expect(one.steps.map(({ name }) => name)).toEqual(['warm']);
    expect((await labs.status(one.lab)).warm).toBeUndefined();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(warmIds()).toHaveLength(2);
    expect(warmIds()).not.toContain(one.lab);
  });

  it('are not taken by a start with a name', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    const before = warmIds();
    await labs.start({ lab: 'ada' });
    expect(warmIds()).toEqual(before);
  });

  it('that died unseen are never handed out, and are replaced', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    const [dead = '', alive = ''] = warmIds();
    driver.removeBehindOurBack(dead);
    expect((await labs.start()).lab).toBe(alive);
    expect(store.find(dead)).toBeNull();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(warmIds()).toHaveLength(2);
  });

  it('are gone after a change of image or settings', async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    const before = warmIds();
    madeFrom = 'tomorrow';
    expect(before).not.toContain((await labs.start()).lab);
    await vi.advanceTimersByTimeAsync(20_000);
    for (const id of before) expect(store.find(id)).toBeNull();
    expect(warmIds()).toHaveLength(2);
  });

  it('that a killed server had not finished are removed', async () => {
    end.abort();
    await vi.advanceTimersByTimeAsync(10_000);
    store.ensure('half');
    store.keepWarm('half', '');
    const next = fakeLabs({ driver, store, agent, madeFrom: () => madeFrom });
    const again = new AbortController();
    void next.keepWarm(1, () => true, again.signal);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.find('half')).toBeNull();
    expect(warmIds()).toHaveLength(1);
    again.abort();
  });

  it('never sleep, and are removed when the server stops its labs', async () => {
    void labs.sleepUnused(MINUTE, end.signal);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(warmIds()).toHaveLength(2);
    end.abort();
    await labs.suspend(new AbortController().signal);
    expect(store.list()).toEqual([]);
  });
});
