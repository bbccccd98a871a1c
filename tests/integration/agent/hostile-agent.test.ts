import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import Docker from 'dockerode';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';

/** The learner is root in the lab, so the agent's replies may be anything. */
let server: Server;

async function hostile(
  answer: RequestListener,
  speak: (socket: WebSocket) => void = () => undefined,
): Promise<ReturnType<typeof createLabAgent>> {
  server = createServer(answer);
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.on('error', () => undefined);
    speak(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return createLabAgent({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'x'.repeat(40) });
}

afterEach(async () => {
  server.closeAllConnections();
  server.close();
});

const json =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const sink = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });
const command = { argv: ['true'], user: 'dataeng', cwd: '.', env: {} } as const;
const start = { ...command, argv: [...command.argv] };
const unavailable = { code: 'unavailable.lab', kind: 'unavailable' };

describe('the engine through the agent', () => {
  it('is cut when a reply never ends, before dockerode can collect it', async () => {
    let written = 0;
    const agent = await hostile((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    await expect(new Docker(agent.dockerOptions).listImages()).rejects.toThrow('more than 33554432 bytes in one answer');
    expect(written).toBeLessThan(80 * 1024 * 1024);
  });
});

describe('replies', () => {
  it.each([
    ['of the wrong shape', json({ agent: 1, engine: 'yes' })],
    ['that are an array', json([])],
    ['with texts beyond bounds', json({ agent: 'x'.repeat(1000), engine: { state: 'running' } })],
    ['that are no JSON', ((_request, response) => response.end('<html>')) satisfies RequestListener],
    [
      'that are cut',
      ((_request, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{');
        response.destroy();
      }) satisfies RequestListener,
    ],
    ['that are giant', json({ agent: 'x', engine: { state: 'running' }, more: 'x'.repeat(1_000_000) })],
    [
      'with giant headers',
      ((_request, response) => response.writeHead(200, { 'x-more': 'x'.repeat(100_000) }).end('{}')) satisfies RequestListener,
    ],
    ['with errors of no shape', json({ oops: true }, 500)],
    ['with errors of unknown codes', json({ error: { code: 'evil.code', message: 'm', hint: 'h' } }, 500)],
    ['with codes that are names of every object', json({ error: { code: 'constructor', message: 'm', hint: 'h' } }, 500)],
    ['that hang up', ((request) => request.socket.destroy()) satisfies RequestListener],
  ])('%s make the lab unavailable', async (_what, answer) => {
    const agent = await hostile(answer);
    await expect(agent.health()).rejects.toMatchObject(unavailable);
  });

  it('that never end are cut by a size limit', async () => {
    let written = 0;
    const agent = await hostile((_request, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) written += 65_536;
        response.once('drain', pour);
      };
      pour();
    });
    await expect(agent.tree()).rejects.toMatchObject(unavailable);
    expect(written).toBeLessThan(40_000_000);
  });

  it('that come very slowly are cut by a timeout', async () => {
    let asked = Promise.withResolvers<void>();
    const agent = await hostile((_request, response) => {
      // biome-ignore lint/plugin: the server that is played drips
      const drip = setInterval(() => response.write(' '), 100);
      asked.resolve();
      response.on('close', () => clearInterval(drip));
    });
    await expect(agent.health()).rejects.toMatchObject(unavailable);
    const stop = new AbortController();
    asked = Promise.withResolvers<void>();
    const aborted = expect(agent.health(stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await asked.promise;
    stop.abort();
    await aborted;
  });

  it('that redirect are not followed', async () => {
    let reached = false;
    const other = createServer((_request, response) => {
      reached = true;
      response.end('{"agent":"x","engine":{"running":true}}');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/health`;
    const agent = await hostile((_request, response) => response.writeHead(307, { location }).end());
    await expect(agent.health()).rejects.toMatchObject(unavailable);
    await expect(agent.putTree(Readable.from(['x']))).rejects.toMatchObject(unavailable);
    expect(reached).toBe(false);
    other.close();
  });

  it('with paths that leave the project are refused', async () => {
    const agent = await hostile(json({ entries: [{ path: '../../etc/passwd', kind: 'file', size: 1, mode: 1 }], truncated: false }));
    await expect(agent.tree()).rejects.toMatchObject(unavailable);
  });

  it('with a truncated archive fail the stream', async () => {
    let cut: () => void = () => undefined;
    const agent = await hostile((_request, response) => {
      response.writeHead(200).write('x'.repeat(100_000));
      cut = () => response.destroy();
    });
    const tree = await agent.getTree();
    cut();
    await expect(buffer(tree)).rejects.toMatchObject(unavailable);
  });

  it('that come before the archive is sent completely are accepted', async () => {
    const agent = await hostile(json({ error: { code: 'tree.refused', message: 'Refusé.', hint: 'Autrement.' } }, 400));
    const endless = new Readable({
      read() {
        setImmediate(() => this.push(Buffer.alloc(65_536)));
      },
    });
    await expect(agent.putTree(endless)).rejects.toMatchObject({ code: 'tree.refused', message: 'Refusé.', hint: 'Autrement.' });
    endless.destroy();
  });

  it('that never come make the lab unavailable', async () => {
    const agent = await hostile(json({}));
    server.close();
    await expect(agent.health()).rejects.toMatchObject(unavailable);
    await expect(agent.exec(start)).rejects.toMatchObject(unavailable);
    await expect(agent.watchFiles(() => undefined, new AbortController().signal)).rejects.toMatchObject(unavailable);
  });
});

/** More than a process may keep. */
const MUCH_BYTES = 400_000_000;

describe('websockets', () => {
  const refuse: RequestListener = (_request, response) => response.writeHead(404).end();

  it.each([
    ['a frame of no output', (socket: WebSocket) => socket.send(Buffer.from([9, 1]))],
    ['an empty frame', (socket: WebSocket) => socket.send(Buffer.alloc(0))],
    ['no JSON', (socket: WebSocket) => socket.send('nonsense')],
    ['an exit code beyond bounds', (socket: WebSocket) => socket.send('{"type":"exit","code":70000,"timedOut":false}')],
    ['a giant frame', (socket: WebSocket) => socket.send(Buffer.alloc(5_000_000, 1))],
    ['an end without an exit', (socket: WebSocket) => socket.close(1000)],
    ['a cut', (socket: WebSocket) => socket.terminate()],
  ])('with %s make a command fail as unavailable', async (_what, speak) => {
    const agent = await hostile(refuse, speak);
    await expect(agent.exec(start)).rejects.toMatchObject(unavailable);
  });

  it('with endless output are limited in size and time', async () => {
    const stop = new AbortController();
    let poured = 0;
    const agent = await hostile(refuse, (socket) => {
      const pour = (): void => {
        if (poured > MUCH_BYTES) stop.abort();
        if (socket.readyState !== socket.OPEN) return;
        poured += 65_536;
        socket.send(Buffer.alloc(65_536, 1), () => setImmediate(pour));
      };
      pour();
    });
    const before = process.memoryUsage().rss;
    await expect(agent.exec(start, { maxBytes: 1000, signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it('without any message end after the command’s timeout and a grace period', async () => {
    const agent = await hostile(refuse);
    const stop = AbortSignal.timeout(400);
    await expect(agent.execStream(start, { stdin: null, stdout: sink(), stderr: sink() }, stop)).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('with invalid change messages end the watch', async () => {
    const agent = await hostile(refuse, (socket) => socket.send('{"type":"changed","paths":[1]}'));
    await expect(agent.watchFiles(() => undefined, new AbortController().signal)).rejects.toMatchObject(unavailable);
  });
});
