import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LabStep } from '../../../contract/lab.ts';
import type { LabAgent } from '../../../server/labs/agents/definitions.ts';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';
import type { LabEndpoint, LabSpec } from '../../../server/labs/driver/definitions.ts';
import { LocalLabDriver } from '../../../server/labs/driver/local-lab-driver.ts';
import { type DriverWorld, labDriverContract } from '../../support/lab-driver-contract.ts';
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
  return { endpoint, agent: agentOf(endpoint) };
}

function agentOf({ agentUrl }: LabEndpoint): LabAgent {
  return createLabAgent({ url: agentUrl, token: spec.agentToken });
}

/** Kinds of this lab's objects that are on the engine. */
async function remains(): ReturnType<DriverWorld['remains']> {
  const filters = { label: [`escale.instance=${instance}`, `escale.lab=${spec.id}`] };
  const [containers, networks, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters: JSON.stringify(filters) }),
  ]);
  return [
    ...containers.map(() => 'container' as const),
    ...networks.map(() => 'network' as const),
    ...(Volumes.length > 0 ? (['volumes'] as const) : []),
  ];
}

labDriverContract(async () => ({
  spec,
  driver: (name) => new LocalLabDriver(docker, name === 'own' ? instance : `${instance}-${name}`),
  remains,
  removeContainer: async ({ container }) => docker.getContainer(container).remove({ force: true }),
  write: async (endpoint, note) => void (await sh({ agent: agentOf(endpoint) }, `echo '${note}' >note`)),
  read: (endpoint) => sh({ agent: agentOf(endpoint) }, 'cat note'),
}));

test('a lab has one container, which gives its secrets to nobody but its processes', async () => {
  const steps: LabStep[] = [];
  const endpoint = await driver.start(spec, (step) => steps.push(step), minutes(2));
  expect(steps.filter(({ state }) => state === 'done').map(({ id }) => id)).toEqual(['volumes', 'isolation', 'agent']);
  const { Volumes } = await docker.listVolumes({ filters: JSON.stringify({ label: [`escale.instance=${instance}`] }) });
  expect(Volumes.map(({ Name }) => Name.replace(/^.*-/, '')).sort()).toEqual(['engine', 'home']);
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

test('stop keeps files and the machine', { timeout: 180_000 }, async () => {
  const { agent } = await started();
  await sh({ agent }, 'echo kept >note && sudo sh -c "echo installed >/usr/local/note"');
  await driver.stop(spec.id, minutes(1));
  const again = await started();
  expect(await sh({ agent: again.agent }, 'cat note /usr/local/note')).toBe('kept\ninstalled');
});

test('a lab whose token has changed is restarted with the new one', async () => {
  spec = { ...spec, agentToken: 'e'.repeat(48) };
  const { agent } = await started();
  await expect.poll(async () => (await agent.health()).engine.state, { timeout: 30_000 }).toBe('running');
});

test('a killed agent is restarted; orphans are reaped; a stopped engine stays stopped', { timeout: 120_000 }, async () => {
  const { agent } = await started();
  await sh({ agent }, 'for i in 1 2 3 4 5; do (sleep 0.1 & exec sleep 0.05) & done; sleep 0.6');
  expect(await sh({ agent }, 'ps -eo stat= | grep -c ^Z || true')).toBe('0');
  await sh({ agent }, 'sudo service docker stop').catch((error: unknown) => expect.fail(String(error)));
  expect((await agent.health()).engine.state).toBe('stopped');
  await agent.exec({ argv: ['pkill', '-9', 'node'], user: 'root', cwd: '.', env: {} }).catch(nothing);
  await expect
    .poll(
      () =>
        agent.health().then(
          ({ engine }) => engine.state,
          () => 'silent',
        ),
      { timeout: 15_000 },
    )
    .toBe('stopped');
  await sh({ agent }, 'sudo service docker start && docker info >/dev/null');
  expect((await agent.health()).engine.state).toBe('running');
});

test.for([
  [{ image: 'escale/lab:absent' }, 'lab.image'],
  [{ allow: ['proxy.example'] }, 'lab.address'],
  [{ env: { HTTP_PROXY: 'http://a\nb' } }, 'lab.setting'],
  [{ registry: 'escale-nobody:5000' }, 'lab.registry'],
] as const)('an impossible spec is refused with its error code: %o', async ([change, code]) => {
  await driver.remove(spec.id, minutes(1));
  await expect(driver.start({ ...spec, ...change }, nothing, minutes(1))).rejects.toMatchObject({ code });
});
