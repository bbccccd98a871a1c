import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { CLOSE } from '../../../../../contract/workspace.ts';
import { Line, type LineState } from '../../../../../src/client/bench/line.ts';
import { Session } from '../../../../../src/client/bench/session.ts';

let server: WebSocketServer;
let line: Line;
let states: LineState['kind'][];

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal('location', new URL(`http://127.0.0.1:${port}/fr/1.3/`));
  vi.stubGlobal('fetch', async () => Response.json({ token: 'token-of-more-than-twenty-characters' }));
  states = [];
  line = new Line({
    path: '/ws/workspace',
    session: new Session(),
    opened: () => undefined,
    text: () => undefined,
    state: ({ kind }) => states.push(kind),
  });
});

afterEach(async () => {
  line.stop();
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
  vi.unstubAllGlobals();
});

describe('Line', () => {
  test('is open once the server has replied, not while it still checks the token', async () => {
    let tries = 0;
    server.on('connection', (socket: ServerSocket) => {
      tries += 1;
      // A restarted server has another token than the page.
      socket.once('message', () => (tries === 1 ? socket.close(CLOSE.unauthorized) : socket.send('{}')));
    });
    line.start();
    await vi.waitFor(() => expect(states).toContain('open'));
    expect(tries).toBe(2);
    expect(states).toEqual(['connecting', 'connecting', 'open']);
  });

  test('sends nothing while it is down, and returns false', async () => {
    expect(line.send('{}')).toBe(false);
    server.on('connection', (socket: ServerSocket) => socket.once('message', () => socket.close(1012)));
    line.start();
    await vi.waitFor(() => expect(states).toContain('down'));
    expect(line.send('{}')).toBe(false);
  });
});
