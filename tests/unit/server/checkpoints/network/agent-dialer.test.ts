import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { AgentDialer } from '../../../../../server/checkpoints/network/agent-dialer.ts';
import { askHttp } from '../../../../../server/checkpoints/network/ask-http.ts';
import { LabUnavailable } from '../../../../../server/lab-engine/lab-unavailable.ts';
import { createLabAgent } from '../../../../../server/labs/agents/http-lab-agent.ts';

const at = { host: '172.18.0.2', port: 8000 };
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A dialer to an agent that gives each tunnel to `serve`, or refuses all with a code. */
async function dialerTo(serve: ((socket: WebSocket) => void) | string): Promise<{ dialer: AgentDialer; paths: string[] }> {
  const paths: string[] = [];
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    paths.push(request.url ?? '');
    if (typeof serve !== 'string') return sockets.handleUpgrade(request, socket, head, serve);
    const body = JSON.stringify({ error: { code: serve, message: 'non', hint: 'non' } });
    socket.end(`HTTP/1.1 502 No\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  stops.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { dialer: new AgentDialer(createLabAgent({ url: `http://127.0.0.1:${port}`, token: 'x'.repeat(30) })), paths };
}

const ask = (dialer: AgentDialer, signal = new AbortController().signal) => askHttp(dialer, at, { path: '/', host: 'api:8000' }, signal);

it('asks through a tunnel of the agent', async () => {
  const { dialer, paths } = await dialerTo((socket) =>
    socket.once('message', () => {
      socket.send(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
    }),
  );
  expect(await ask(dialer)).toMatchObject({ answer: { status: 200, body: 'ok' } });
  expect(paths).toEqual(['/tunnel/8000/172.18.0.2']);
});

it.each([
  ['tunnel.refused', 'closed', 'aucun programme n’écoute sur le port 8000'],
  ['tunnel.unreachable', 'unreachable', 'l’adresse 172.18.0.2 n’est pas joignable'],
])('%s is %s', async (code, kind, said) => {
  expect(await ask((await dialerTo(code)).dialer)).toEqual({ failure: { kind, said } });
});

describe('a lab that does not answer', () => {
  it.each(['unavailable.engine', 'something.else'])('with %s is no failure of the service', async (code) => {
    await expect(ask((await dialerTo(code)).dialer)).rejects.toThrow(LabUnavailable);
  });

  it.each(['', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc', 'HTTP/1.1 200 OK\r\n\r\nabc'])(
    'any more after %j is no failure of the service',
    async (sent) => {
      const { dialer } = await dialerTo((socket) => socket.once('message', () => socket.send(Buffer.from(sent), () => socket.terminate())));
      await expect(ask(dialer)).rejects.toThrow(LabUnavailable);
    },
  );
});

it('a program that hangs up is', async () => {
  const { dialer } = await dialerTo((socket) => socket.once('message', () => socket.close(1000)));
  expect(await ask(dialer)).toMatchObject({ failure: { kind: 'closed' } });
});

it('an abort closes the tunnel', async () => {
  const stop = new AbortController();
  const closed = Promise.withResolvers<void>();
  const { dialer } = await dialerTo((socket) => {
    socket.on('close', () => closed.resolve());
    socket.once('message', () => stop.abort(new Error('enough')));
  });
  await expect(ask(dialer, stop.signal)).rejects.toThrow('enough');
  await closed.promise;
});
