import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addresses, listenOnHost } from './host-listeners.ts';
import { docker, labImage, MAKE_MINI, sh, startTestLab, type TestLab } from './test-lab.ts';

const PROGRAM = readFileSync(new URL('attempts/escape.py', import.meta.url), 'utf8');
const PLACE_MS = 180_000;

let lab: TestLab;
let other: TestLab;
let neighbour: string;
let listeners: Awaited<ReturnType<typeof listenOnHost>>;
let targets: string;
const counts = new Map<string, number>();

beforeAll(async () => {
  listeners = await listenOnHost();
  lab = await startTestLab();
  other = await startTestLab({ allow: addresses('IPv4').map((address) => `${address}/32`) });
  neighbour = await startNeighbour();
  listeners.join((await Promise.all([lab, other].map(networksOf))).flat().map(([, { Gateway }]) => Gateway));
  targets = JSON.stringify(await findTargets());
  await sh(lab, MAKE_MINI);
}, 400_000);

afterAll(async () => {
  listeners?.close();
  if (neighbour !== undefined) await docker.getContainer(neighbour).remove({ force: true });
  await lab?.end();
  await other?.end();
  const lines = [...counts].map(([place, count]) => `${place}: ${count} closed`);
  console.log(`Escapes tried: ${[...counts.values()].reduce((sum, count) => sum + count, 0)}\n${lines.join('\n')}`);
});

test('the listeners and names used as proof can be reached where that is allowed', async () => {
  const [address] = addresses('IPv4');
  await sh(other, `timeout 5 bash -c '</dev/tcp/${address}/${listeners.tcpPort}'`);
  expect(listeners.arrived.splice(0)).toHaveLength(1);
  const gate = await inGate(lab, ['getent', 'hosts', 'rebind.example.test']);
  expect(gate).toMatch(/^1\d+\./);
});

test.for([
  ['shell', 'dataeng', 'python3'],
  ['root', 'root', 'python3'],
  ['container', 'dataeng', 'docker run --rm -i --net host --pid host -v /:/h mini python3'],
  [
    'container with every capability',
    'dataeng',
    'docker run --rm -i --net host --pid host --cap-add ALL --security-opt seccomp=unconfined -v /:/h mini python3',
  ],
  ['privileged container', 'dataeng', 'docker run --rm -i --privileged --net host --pid host -v /:/h mini python3'],
] as const)('every attempt fails, from: %s', { timeout: PLACE_MS }, async ([place, user, python]) => {
  const result = await lab.agent.exec(
    { argv: ['bash', '-c', `${python} - "$0"`, targets], user, cwd: '.', env: {}, timeoutMs: PLACE_MS - 10_000 },
    { stdin: PROGRAM },
  );
  if (result.code !== 0 && /Error response from daemon/.test(result.stderr)) {
    counts.set(`${place} (refused by the engine)`, 1);
    return;
  }
  const lines = result.stdout.split('\n').filter((line) => line !== '');
  expect(
    lines.filter((line) => !line.startsWith('closed ')),
    result.stderr,
  ).toEqual([]);
  expect(lines.length).toBeGreaterThan(80);
  expect(listeners.arrived).toEqual([]);
  counts.set(place, lines.length);
});

test('after all attempts, the gate is intact and the lab works', async () => {
  expect(await inGate(lab, ['iptables', '-S', 'FORWARD'])).toContain('-d 172.16.0.0/12 -i lab -j refuse');
  expect(await inGate(lab, ['cat', '/proc/sys/kernel/core_pattern'])).toBe(readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim());
  expect(await sh(lab, 'docker run --rm mini echo well')).toBe('well');
});

/** A container on the lab's own network; the engine's resolver gives its names to the gate. */
async function startNeighbour(): Promise<string> {
  const network = await networkOf(lab);
  const container = await docker.createContainer({
    Image: await labImage(),
    Entrypoint: ['sleep', '600'],
    name: `neighbour-${lab.spec.id}`,
    Labels: { 'escale.instance': lab.instance },
    HostConfig: { NetworkMode: network, Init: true },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: ['neighbour', 'rebind.example.test'] } } },
  });
  await container.start();
  return container.id;
}

async function findTargets() {
  const [own, theirs] = await Promise.all([addressesOf(lab), addressesOf(other)]);
  return {
    hostAddresses: addresses('IPv4'),
    hostAddresses6: addresses('IPv6'),
    hostPorts: [listeners.tcpPort, 22, 2375, 4321, Number(new URL(other.endpoint.agentUrl).port)],
    tcpPort: listeners.tcpPort,
    udpPort: listeners.udpPort,
    ownGate: own,
    otherLab: theirs,
    broadcasts: own.map((address) => address.replace(/\.\d+\.\d+$/, '.255.255')),
    hiddenNames: [
      ...['neighbour', 'rebind.example.test', `neighbour-${lab.spec.id}`, 'gate', 'host.docker.internal', 'gateway.docker.internal'],
      ...[await networkOf(lab), await networkOf(other), `${await networkOf(lab)}.${await networkOf(lab)}`],
    ],
  };
}

async function networksOf(one: TestLab) {
  const seen = await docker.getContainer(one.endpoint.container).inspect();
  return Object.entries(seen.NetworkSettings.Networks);
}

async function networkOf(one: TestLab): Promise<string> {
  return (await networksOf(one)).map(([name]) => name)[0] ?? '';
}

async function addressesOf(one: TestLab): Promise<string[]> {
  return (await networksOf(one)).flatMap(([, { IPAddress, Gateway }]) => [IPAddress, Gateway]);
}

/** Runs a command in the gate, which the product never does. */
async function inGate(one: TestLab, Cmd: string[]): Promise<string> {
  const exec = await docker.getContainer(one.endpoint.container).exec({ Cmd, AttachStdout: true, Tty: true });
  const stream = await exec.start({ hijack: true, stdin: false, Tty: true });
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text.trim();
}
