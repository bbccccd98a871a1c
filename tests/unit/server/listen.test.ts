import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listenOnLoopback } from '../../../server/listen.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function occupy(host: string, port = 0): Promise<number> {
  const server: Server = createServer().listen({ host, port });
  await once(server, 'listening');
  open.push(server);
  return (server.address() as AddressInfo).port;
}

async function listen(port: number): Promise<Listening> {
  const app = Fastify();
  app.get('/', async () => 'here');
  const listening = await listenOnLoopback(app, port);
  open.push(listening);
  return listening;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const port = await occupy('127.0.0.1');
  await open.pop()?.close();
  return port;
}

describe('the port', () => {
  it('answers at both names of this machine', async () => {
    const { port, moved } = await listen(await freePort());
    expect(moved).toBe(false);
    for (const host of ['127.0.0.1', '[::1]']) expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('here');
  });

  it.each(['127.0.0.1', '::1', '0.0.0.0'])('is the next one when it is taken at %s', async (host) => {
    const taken = await occupy(host);
    const { port, moved } = await listen(taken);
    expect(moved).toBe(true);
    expect(port).toBeGreaterThan(taken);
    expect(await (await fetch(`http://[::1]:${port}/`)).text()).toBe('here');
  });
});
