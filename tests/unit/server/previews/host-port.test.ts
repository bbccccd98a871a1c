import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { HostPort } from '../../../../server/previews/host-port.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(port: number, reserved: number[] = []): Promise<HostPort> {
  const host = await HostPort.open(port, reserved, (socket) => socket.end('bonjour'));
  if (host === null) throw new Error(`no port for ${port}`);
  opened.push(host);
  return host;
}

async function takenPort(host: string): Promise<number> {
  const server = createServer();
  await once(server.listen(0, host), 'listening');
  opened.push(server);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function said(port: number, host: string): Promise<string> {
  const socket = connect(port, host);
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString();
  });
  await once(socket, 'close');
  return text;
}

describe('a port of this machine', () => {
  it('is opened on both loopback addresses, and on no other', async () => {
    const { port } = await open(23_451);
    expect(port).toBe(23_451);
    expect(await Promise.all(['127.0.0.1', '::1'].map((host) => said(port, host)))).toEqual(['bonjour', 'bonjour']);
    await expect(said(port, '127.0.0.2')).rejects.toThrow('ECONNREFUSED');
  });

  it.each(['127.0.0.1', '::1', '0.0.0.0'])('that is taken on %s is replaced by another one, on both addresses', async (host) => {
    const taken = await takenPort(host);
    const { port } = await open(taken);
    expect(port).not.toBe(taken);
    expect(await said(port, '::1')).toBe('bonjour');
  });

  it('that is reserved or privileged is replaced by another one', async () => {
    expect((await open(24_321, [24_321])).port).toBe(34_321);
    expect((await open(80)).port).toBe(10_080);
    expect((await open(65_000, [65_000])).port).toBe(55_000);
  });

  it('closes its connections when it closes, and may be closed twice', async () => {
    const host = await HostPort.open(23_452, [], () => undefined);
    const client = connect(23_452, '::1');
    await once(client, 'connect');
    const gone = once(
      client.on('error', () => undefined),
      'close',
    );
    await host?.close();
    await gone;
    await host?.close();
    expect((await open(23_452)).port).toBe(23_452);
  });
});
