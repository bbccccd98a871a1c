import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LabStep } from '../../../contract/lab.ts';
import { createLabAgent } from '../../../server/agents/http-lab-agent.ts';
import type { LabSpec } from '../../../server/labs/definitions.ts';
import { LocalLabDriver } from '../../../server/labs/local-lab-driver.ts';
import { docker, labSpec, minutes, newInstance, sh } from './test-lab.ts';

const nothing = () => undefined;
let instance: string;
let driver: LocalLabDriver;
let spec: LabSpec;

beforeAll(async () => {
  instance = await newInstance();
  driver = new LocalLabDriver(docker, instance);
  spec = await labSpec();
});

afterAll(async () => {
  await driver.remove(spec.id, minutes(2));
  await rm(instance, { recursive: true, force: true });
});

/** Starts the lab with the present spec and returns its agent. */
async function started(change: Partial<LabSpec> = {}) {
  const used = { ...spec, ...change };
  const endpoint = await driver.start(used, nothing, minutes(2));
  return { endpoint, agent: createLabAgent({ url: endpoint.agentUrl, token: used.agentToken }) };
}

/** Names of this lab's objects on the engine. */
async function objects(): Promise<string[]> {
  const filters = { label: [`escale.instance=${instance}`, `escale.lab=${spec.id}`] };
  const [containers, networks, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters: JSON.stringify(filters) }),
  ]);
  return [
    ...containers.map(() => 'container'),
    ...networks.map(() => 'network'),
    ...Volumes.map(({ Name }) => Name.replace(/^.*-/, '')).sort(),
  ];
}

test('start creates a lab, step by step, and passes its secrets to its own processes only', async () => {
  const steps: LabStep[] = [];
  const endpoint = await driver.start(spec, (step) => steps.push(step), minutes(2));
  expect(steps.filter(({ state }) => state === 'done').map(({ id }) => id)).toEqual(['volumes', 'isolation', 'agent', 'engine']);
  expect(await objects()).toEqual(['container', 'network', 'engine', 'home']);
  const seen = await docker.getContainer(endpoint.container).inspect();
  expect(seen.Name).toContain(spec.id);
  expect(JSON.stringify(seen)).not.toContain(spec.agentToken);
  expect(JSON.stringify(seen)).not.toContain(spec.sourceToken);
  expect(seen.HostConfig.Privileged).toBe(false);
});

test('the learner has a home: user, group, sudo, name, project, owners', async () => {
  const { agent } = await started();
  const lines = await sh({ agent }, 'id -un; id -Gn; sudo -n id -u; hostname; pwd; stat -c %U . /etc/passwd /; ls -A ~ | grep -c bashrc');
  expect(lines.split('\n')).toEqual([
    ...['dataeng', 'dataeng docker', '0', 'escale', '/home/dataeng/docker-etl-project'],
    ...['dataeng', 'root', 'root', '1'],
  ]);
  expect(await sh({ agent }, 'ping -c1 -W2 10.213.0.1 >/dev/null && ulimit -Hn')).toBe(String(spec.openFiles));
});

test('start of a running lab changes nothing and is quick', async () => {
  const before = await driver.inspect(spec.id);
  const begin = performance.now();
  const { endpoint } = await started();
  expect(performance.now() - begin).toBeLessThan(1000);
  expect(endpoint).toEqual(before?.endpoint);
});

test('a new driver finds the lab; a driver of another instance neither sees nor removes it', async () => {
  const anew = new LocalLabDriver(docker, instance);
  expect(await anew.list()).toEqual([
    { id: spec.id, state: 'ready', isolation: 'userns', endpoint: (await driver.inspect(spec.id))?.endpoint },
  ]);
  const stranger = new LocalLabDriver(docker, `${instance}-other`);
  expect(await stranger.list()).toEqual([]);
  expect(await stranger.inspect(spec.id)).toBeNull();
  await stranger.stop(spec.id, minutes(1));
  await stranger.remove(spec.id, minutes(1));
  expect((await driver.inspect(spec.id))?.state).toBe('ready');
});

test('two instances run labs with the same id on one engine', async () => {
  const twin = new LocalLabDriver(docker, `${instance}-twin`);
  try {
    const endpoint = await twin.start({ ...spec, agentToken: 'f'.repeat(48) }, nothing, minutes(2));
    expect(endpoint.container).not.toBe((await driver.inspect(spec.id))?.endpoint?.container);
    expect(await driver.list()).toHaveLength(1);
  } finally {
    await twin.remove(spec.id, minutes(2));
  }
  expect((await driver.inspect(spec.id))?.state).toBe('ready');
});

test('usage counts memory, and the disk of home, engine and the rest of the machine', async () => {
  const { agent } = await started();
  const before = await driver.usage(spec.id);
  expect(before.memoryBytes).toBeGreaterThan(20e6);
  expect(before.memoryLimitBytes).toBe(spec.memoryBytes);
  await sh({ agent }, 'head -c 20M /dev/urandom >~/big && sudo sh -c "head -c 30M /dev/urandom >/opt/big && sync"');
  const after = await driver.usage(spec.id);
  expect(after.diskBytes - before.diskBytes).toBeGreaterThan(49 * 1024 ** 2);
  await sh({ agent }, 'rm ~/big && sudo rm /opt/big');
});

test('stop keeps files, the machine and its containers; a second stop is harmless', { timeout: 180_000 }, async () => {
  const { agent } = await started();
  await sh({ agent }, 'echo kept >note && sudo sh -c "echo installed >/usr/local/note"');
  const begin = performance.now();
  await driver.stop(spec.id, minutes(1));
  expect(performance.now() - begin).toBeLessThan(16_000);
  expect(await driver.inspect(spec.id)).toMatchObject({ state: 'stopped', endpoint: null });
  await driver.stop(spec.id, minutes(1));
  const again = await started();
  expect(await sh({ agent: again.agent }, 'cat note /usr/local/note')).toBe('kept\ninstalled');
});

test('a lab whose token has changed is restarted with the new one', async () => {
  spec = { ...spec, agentToken: 'e'.repeat(48) };
  const { agent } = await started();
  expect((await agent.health()).engine.running).toBe(true);
});

test('a killed agent is restarted; orphans are reaped; a stopped engine stays stopped', { timeout: 120_000 }, async () => {
  const { agent } = await started();
  await sh({ agent }, 'for i in 1 2 3 4 5; do (sleep 0.1 & exec sleep 0.05) & done; sleep 0.6');
  expect(await sh({ agent }, 'ps -eo stat= | grep -c ^Z || true')).toBe('0');
  await sh({ agent }, 'sudo service docker stop').catch((error: unknown) => expect.fail(String(error)));
  expect((await agent.health()).engine.running).toBe(false);
  await agent.exec({ argv: ['pkill', '-9', 'node'], user: 'root', cwd: '.', env: {} }).catch(nothing);
  await expect
    .poll(
      () =>
        agent.health().then(
          ({ engine }) => engine.running,
          () => 'silent',
        ),
      { timeout: 15_000 },
    )
    .toBe(false);
  await sh({ agent }, 'sudo service docker start && docker info >/dev/null');
  expect((await agent.health()).engine.running).toBe(true);
});

test('a lab whose container was removed externally is absent, and is recreated with its data', { timeout: 180_000 }, async () => {
  const { endpoint } = await started();
  await docker.getContainer(endpoint.container).remove({ force: true });
  expect(await driver.inspect(spec.id)).toBeNull();
  expect(await driver.list()).toEqual([]);
  await driver.stop(spec.id, minutes(1));
  const { agent } = await started();
  expect(await sh({ agent }, 'cat note')).toBe('kept');
});

test('a failed start reports its reason and leaves only the volumes', { timeout: 180_000 }, async () => {
  await driver.stop(spec.id, minutes(1));
  const steps: LabStep[] = [];
  const start = driver.start({ ...spec, freeFloorBytes: 2 ** 60 }, (step) => steps.push(step), minutes(1));
  await expect(start).rejects.toMatchObject({ code: 'lab.host-disk', kind: 'unavailable' });
  expect(steps.at(-1)).toEqual({ id: 'isolation', state: 'failed' });
  expect(await objects()).toEqual(['engine', 'home']);
});

test('an aborted start stops at once and leaves only the volumes', async () => {
  const calledOff = new AbortController();
  const begin = performance.now();
  const start = driver.start(spec, ({ id }) => id === 'isolation' && calledOff.abort(new Error('enough')), calledOff.signal);
  await expect(start).rejects.toThrow('enough');
  expect(performance.now() - begin).toBeLessThan(20_000);
  expect(await objects()).toEqual(['engine', 'home']);
});

test.for([
  [{ image: 'escale/lab:absent' }, 'lab.image'],
  [{ allow: ['proxy.example'] }, 'lab.address'],
  [{ env: { HTTP_PROXY: 'http://a\nb' } }, 'lab.setting'],
  [{ registry: 'escale-nobody:5000' }, 'lab.registry'],
] as const)('an impossible spec is refused with its error code: %o', async ([change, code]) => {
  await expect(driver.start({ ...spec, ...change }, nothing, minutes(1))).rejects.toMatchObject({ code });
});

test('remove removes everything, and may be called twice', async () => {
  await driver.remove(spec.id, minutes(1));
  expect(await objects()).toEqual([]);
  await driver.remove(spec.id, minutes(1));
});
