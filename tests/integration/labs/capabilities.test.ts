import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAround } from '../../../server/doctor/look-around.ts';
import { isolation } from '../../../server/doctor/probes/isolation.ts';
import { readEnvironment } from '../../../server/environment.ts';
import { orAbsent } from '../../../server/host/engine-errors.ts';
import { registryNames } from '../../../server/images/registry/registry-names.ts';
import { openServices, type Services } from '../../../server/services.ts';
import { openStateFolder } from '../../../server/state/state-folder.ts';
import { tryLockState } from '../../../server/state/state-lock.ts';
import { addresses, listenOnHost } from './host-listeners.ts';
import { docker, MAKE_MINI, newInstance, sh as shIn } from './test-lab.ts';

/** A lab without a user namespace. It must work, and be open exactly where docs/escapes.md says so. */
const PROGRAM = readFileSync(new URL('attempts/escape.py', import.meta.url), 'utf8');
const LAB = 'solo';
let state: string;
let services: Services;
let listeners: Awaited<ReturnType<typeof listenOnHost>>;

/** Starts the services as a server configured with this isolation does, once the preparation is done. */
async function serveWith(isolation: string): Promise<void> {
  await services?.preparation.end();
  services?.close();
  writeFileSync(join(state, 'config.json'), JSON.stringify({ isolation, logLevel: 'silent', lab: { memoryMiB: 1024 } }));
  const folder = openStateFolder(state);
  const lock = tryLockState(folder, 'test');
  if (lock === null) throw new Error(`${state} is locked`);
  services = openServices({ folder, lock, environment: readEnvironment() });
  await new Promise<void>((ready) => void services.preparation.run(ready));
}

beforeAll(async () => {
  state = await newInstance();
  listeners = await listenOnHost();
  await serveWith('capabilities');
  await services.labs.lab(LAB).start();
}, 600_000);

afterAll(async () => {
  listeners?.close();
  await services?.preparation.end();
  await services?.labs.remove(LAB);
  services?.close();
  const names = registryNames(state);
  await docker.getContainer(names.container).remove({ force: true });
  await orAbsent(docker.getVolume(names.volume).remove());
  await docker.getNetwork(names.network).remove();
  await rm(state, { recursive: true, force: true });
});

async function sh(script: string, user: 'dataeng' | 'root' = 'dataeng'): Promise<string> {
  return await shIn({ agent: await services.labs.agent(LAB) }, script, user);
}

test('lab and doctor report the isolation in use; the doctor warns of its price', async () => {
  expect(await services.labs.status(LAB)).toMatchObject({ state: 'ready', isolation: 'capabilities' });
  expect(await services.labs.start({ lab: LAB })).toMatchObject({ isolation: 'capabilities' });
  expect(await isolation(await lookAround(readEnvironment(), state))).toEqual([
    expect.objectContaining({ id: 'isolation', state: 'warning', observed: expect.stringContaining('devenir root de cette machine') }),
  ]);
});

test('an image of the course runs, and exec works in a container whose user is not root', async () => {
  expect(await sh('docker run --rm busybox:latest id -u')).toBe('0');
  await sh('docker run -d --name plain --user 1000 busybox:latest sleep 600');
  expect(await sh('docker exec plain id -u; docker rm -f plain')).toBe('1000\nplain');
  expect(await sh('stat -c "%U %u" . /etc/passwd /usr/bin/sudo; sudo -n id -u')).toBe('dataeng 1000\nroot 0\nroot 0\n0');
});

test('Compose builds, and waits for the health of a service that does not run as root', async () => {
  const compose = `
services:
  store:
    build: { context: ., dockerfile_inline: "FROM busybox:latest\\nRUN mkdir /data && chown 1000 /data\\nUSER 1000" }
    command: sh -c 'sleep 1; touch /data/ready; sleep 600'
    volumes: [data:/data]
    stop_grace_period: 1s
    healthcheck: { test: [CMD, ls, /data/ready], interval: 1s, retries: 30 }
  job:
    image: busybox:latest
    command: id -u
    depends_on: { store: { condition: service_healthy } }
volumes: { data: {} }
`;
  await sh(`mkdir c && cd c && cat >compose.yaml <<'YAML' && docker compose up -d 2>&1\n${compose}YAML`);
  expect(await sh('cd c && docker compose wait job >/dev/null; docker logs c-job-1')).toBe('0');
  await sh('cd c && docker compose down -v 2>&1');
});

test('the lab’s memory is limited, whatever root writes into the groups it sees', async () => {
  const raise =
    'for f in /sys/fs/cgroup/memory/memory{,.memsw}.limit_in_bytes /sys/fs/cgroup/memory.max; do [ ! -e $f ] || echo 64G >$f; done';
  await sh(`${raise}; true`, 'root');
  await expect(sh('python3 -c "bytearray(3 * 1024 ** 3)"', 'root')).rejects.toThrow('exit 137');
  await expect.poll(() => sh('echo alive').catch(String), { timeout: 30_000, interval: 500 }).toBe('alive');
});

const AS_DOCUMENTED = {
  shell: /^call bpf$/,
  container: /^read \/proc\/(vmallocinfo|timer_list)$/,
  root: /^(mount .+|read .+|write .+|remount \/sys for writing|call bpf|limit .+|gate: the agent's program changed)$/,
} as const;

test.for([
  ['shell', 'dataeng', 'python3'],
  ['container', 'dataeng', 'docker run --rm -i mini python3'],
  ['root', 'root', 'python3'],
] as const)('the open ways are those in docs/escapes.md, from: %s', { timeout: 180_000 }, async ([place, user, python]) => {
  await sh(MAKE_MINI);
  const { stdout } = await (await services.labs.agent(LAB)).exec(
    { argv: ['bash', '-c', `${python} - "$0"`, JSON.stringify(await targets())], user, cwd: '.', env: {}, timeoutMs: 170_000 },
    { stdin: PROGRAM },
  );
  const lines = stdout.trim().split('\n');
  const open = lines.filter((line) => !line.startsWith('closed ')).map((line) => line.replace(/^OPEN ((?:gate: )?.+?): .*$/, '$1'));
  console.log(`${place}: ${lines.length} tried, open: ${open.join(', ')}`);
  expect(open.filter((name) => !AS_DOCUMENTED[place].test(name))).toEqual([]);
  expect(lines.length - open.length).toBeGreaterThan(80);
  expect(listeners.arrived).toEqual([]);
});

test('the price is as documented: the lab’s root can set a program that the host’s kernel runs as root', async () => {
  const look =
    'd=$(mktemp -d); mount -t proc proc $d; [ -w $d/sys/kernel/core_pattern ] && : >>$d/sys/kernel/core_pattern && echo open; umount $d';
  expect(await sh(look, 'root')).toBe('open');
  await expect(sh(': >>/proc/sys/kernel/core_pattern', 'root')).rejects.toThrow('Read-only');
});

test('stop, start and reset', { timeout: 300_000 }, async () => {
  await sh('echo kept >note; docker create --name kept busybox:latest');
  expect(await services.labs.stop(LAB)).toMatchObject({ state: 'stopped' });
  await services.labs.lab(LAB).start();
  expect(await sh('cat note; docker ps -a --format {{.Names}}')).toBe('kept\nkept');
  const { archive } = await services.labs.reset(LAB);
  expect(existsSync(String(archive))).toBe(true);
  expect(await sh('ls note 2>/dev/null; docker ps -aq')).toBe('');
});

test('under the other isolation it is refused and left unchanged; once removed, it can be created', { timeout: 300_000 }, async () => {
  await sh('echo kept >note');
  const { container } = (await services.labs.access(LAB)).endpoint;
  await serveWith('userns');
  // While it still runs, its actual isolation is shown.
  expect(await services.labs.status(LAB)).toMatchObject({ state: 'ready', isolation: 'capabilities' });
  await services.labs.stop(LAB);
  await expect(services.labs.lab(LAB).start()).rejects.toMatchObject({
    code: 'lab.other-isolation',
    hint: expect.stringContaining('lab remove'),
  });
  await serveWith('capabilities');
  expect(await services.labs.lab(LAB).start()).toMatchObject({ container });
  expect(await sh('cat note')).toBe('kept');
  await services.labs.remove(LAB);
  await serveWith('userns');
  await services.labs.lab(LAB).start();
  expect(services.labs.lab(LAB).status()).toMatchObject({ state: 'ready', isolation: 'userns' });
});

async function targets() {
  const { endpoint } = await services.labs.access(LAB);
  const { NetworkSettings } = await docker.getContainer(endpoint.container).inspect();
  const networks = Object.entries(NetworkSettings.Networks);
  const ownGate = networks.flatMap(([, { IPAddress, Gateway }]) => [IPAddress, Gateway]);
  return {
    hostAddresses: addresses('IPv4'),
    hostAddresses6: addresses('IPv6'),
    hostPorts: [listeners.tcpPort, 22, 2375],
    tcpPort: listeners.tcpPort,
    udpPort: listeners.udpPort,
    ownGate,
    otherLab: [],
    broadcasts: ownGate.map((address) => address.replace(/\.\d+\.\d+$/, '.255.255')),
    hiddenNames: ['gate', 'host.docker.internal', 'gateway.docker.internal', ...networks.map(([name]) => name)],
  };
}
