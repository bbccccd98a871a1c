import { afterEach, expect, it } from 'vitest';
import { LocalDialer } from '../../../../../server/checkpoints/network/local-dialer.ts';
import { TcpServer } from '../fakes/tcp-server.ts';

const SOCKET = 'unix:///var/run/docker.sock';
const signal = new AbortController().signal;
const servers: TcpServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

/** How it goes with a program of this machine, as a published port or at another address. */
async function reach(dialer: LocalDialer, host: string): Promise<string> {
  const server = await TcpServer.start(() => undefined);
  servers.push(server);
  const { port } = server.at;
  try {
    (await dialer.connect({ host, port }, signal)).destroy();
    return 'reached';
  } catch (error) {
    return error instanceof Error && 'failure' in error ? JSON.stringify(error.failure).replace(String(port), 'PORT') : String(error);
  }
}

it('reaches published ports of an engine that is on this machine', async () => {
  for (const engine of [SOCKET, 'unix:///home/me/.docker/desktop/docker.sock', 'npipe:////./pipe/docker_engine'])
    expect(await reach(new LocalDialer(engine, 'linux'), '127.0.0.1')).toBe('reached');
});

it('never takes this machine for the one of a remote engine', async () => {
  expect(await reach(new LocalDialer('tcp://10.0.0.1:2375', 'linux'), '127.0.0.1')).toContain('"unreachable"');
});

it.each([
  [SOCKET, 'darwin'],
  ['npipe:////./pipe/docker_engine', 'win32'],
  ['unix:///home/me/.docker/desktop/docker.sock', 'linux'],
  ['unix:///home/me/.colima/default/docker.sock', 'linux'],
])('reaches no container where the engine is in a virtual machine: %s on %s', async (engine, platform) => {
  expect(await reach(new LocalDialer(engine, platform), '172.17.0.2')).toBe(
    '{"kind":"unreachable","said":"l’adresse 172.17.0.2 n’est pas joignable"}',
  );
});

it('tells a port where nothing listens', async () => {
  expect(await reach(new LocalDialer(SOCKET, 'linux'), '127.0.0.9')).toBe(
    '{"kind":"closed","said":"aucun programme n’écoute sur le port PORT"}',
  );
});
