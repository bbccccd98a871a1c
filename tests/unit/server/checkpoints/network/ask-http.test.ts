import type { Socket } from 'node:net';
// biome-ignore lint/plugin: the server that is played drips
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { askHttp } from '../../../../../server/checkpoints/network/ask-http.ts';
import type { HttpReply, HttpRequest, Outcome } from '../../../../../server/checkpoints/network/definitions.ts';
import { LocalDialer } from '../../../../../server/checkpoints/network/local-dialer.ts';
import { pour, TcpServer } from '../fakes/tcp-server.ts';

const dialer = new LocalDialer('unix:///var/run/docker.sock');
const LONG_MS = 60_000;
const never = new AbortController().signal;
const servers: TcpServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

/** A server that, to each request, gives what `answer` does with its head and body. */
async function serving(answer: (socket: Socket, asked: string) => void): Promise<TcpServer> {
  const server = await TcpServer.start((socket) => {
    let asked = '';
    socket.on('data', (bytes) => {
      asked += bytes.toString('latin1');
      const [head = '', body = ''] = asked.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0);
      if (asked.includes('\r\n\r\n') && body.length >= length) answer(socket, asked);
    });
  });
  servers.push(server);
  return server;
}

/** Asks, and sees that no connection is left. */
async function ask(server: TcpServer, request: Partial<HttpRequest> = {}, signal = never): Promise<Outcome<HttpReply>> {
  const whole = { path: '/', host: 'api:8000', idleMs: LONG_MS, timeoutMs: LONG_MS, ...request };
  const outcome = await askHttp(dialer, server.at, whole, signal);
  await server.left();
  return outcome;
}

async function said(answer: (socket: Socket) => void, request: Partial<HttpRequest> = {}): Promise<string> {
  const outcome = await ask(await serving(answer), request);
  return 'failure' in outcome ? `${outcome.failure.kind}: ${outcome.failure.said}` : `answered ${outcome.answer.status}`;
}

const OK = 'HTTP/1.1 200 OK\r\n';
const redirect = (to: string, status = 302) => `HTTP/1.1 ${status} Found\r\nlocation: ${to}\r\ncontent-length: 0\r\n\r\n`;

describe('an answer', () => {
  it('is its status, its headers and its body', async () => {
    const server = await serving((socket) =>
      socket.end(
        'HTTP/1.1 418 Teapot\r\nX-One: a\r\nX-One: b\r\nset-cookie: c\r\nset-cookie: d\r\ncontent-length: 3\r\n\r\nété'.replace('3', '5'),
      ),
    );
    expect(await ask(server)).toEqual({
      answer: {
        status: 418,
        headers: { 'x-one': 'a, b', 'set-cookie': 'c, d', 'content-length': '5' },
        body: 'été',
        truncated: false,
        path: '/',
      },
    });
  });

  it.each([
    ['in chunks', 'transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n', 'abcde'],
    ['until the connection ends', '\r\nabcde', 'abcde'],
    ['of no byte', 'content-length: 0\r\n\r\n', ''],
    ['that goes on after what it announces', 'content-length: 2\r\n\r\nabcde', 'ab'],
    ['after an interim answer', 'x: y\r\ncontent-length: 2\r\n\r\nok', 'ok'],
  ])('%s is read', async (name, rest, body) => {
    const first = name.includes('interim') ? 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n' : '';
    expect(await ask(await serving((socket) => socket.end(`${first}${OK}${rest}`)))).toMatchObject({ answer: { status: 200, body } });
  });

  it('is asked for as told', async () => {
    let asked = '';
    const server = await serving((socket, text) => {
      asked = text;
      socket.end(`${OK}content-length: 0\r\n\r\n`);
    });
    const request = { method: 'POST', path: '/x?y=z', host: 'api:80', body: '{"é":1}', headers: { 'content-type': 'application/json' } };
    await ask(server, { ...request, auth: { user: 'me', password: 'secret' } });
    expect(asked).toContain('POST /x?y=z HTTP/1.1\r\n');
    for (const header of ['host: api', 'accept-encoding: identity', 'content-length: 8', 'authorization: Basic bWU6c2VjcmV0'])
      expect(asked).toContain(`\r\n${header}\r\n`);
    expect(asked).toContain('Connection: close');
  });

  it('without end is cut at the most that is read', async () => {
    const server = await serving((socket) => {
      socket.write(`${OK}content-length: ${1024 ** 3}\r\n\r\n`);
      pour(socket, Buffer.alloc(64 * 1024, 'x'));
    });
    expect(await ask(server, { maxBytes: 1000 })).toMatchObject({ answer: { body: 'x'.repeat(1000), truncated: true } });
  });

  it('is not decompressed', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = await serving((socket) => {
      socket.write(`${OK}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.end(bomb);
    });
    const outcome = await ask(server);
    expect(outcome).toMatchObject({ answer: { status: 200, headers: { 'content-encoding': 'gzip' } } });
    expect('answer' in outcome && outcome.answer.body.length).toBeLessThanOrEqual(bomb.length);
  });
});

describe('a redirect', () => {
  const hops = (...steps: readonly string[]) => {
    const asked: string[] = [];
    const served = serving((socket, text) => {
      asked.push(text.split(' HTTP')[0] ?? '');
      socket.end(steps[asked.length - 1] ?? `${OK}content-length: 4\r\n\r\nhere`);
    });
    return { asked, served };
  };

  it('to the same server is followed', async () => {
    const { asked, served } = hops(redirect('/login?a=1'), redirect('http://api:8000/home#part', 307));
    expect(await ask(await served, { method: 'POST', body: 'x' })).toMatchObject({ answer: { body: 'here', path: '/home' } });
    expect(asked).toEqual(['POST /', 'GET /login?a=1', 'GET /home']);
  });

  it('that keeps its method keeps its body', async () => {
    const { asked, served } = hops(redirect('/again/', 308));
    expect(await ask(await served, { method: 'PUT', body: 'x' })).toMatchObject({ answer: { body: 'here' } });
    expect(asked).toEqual(['PUT /', 'PUT /again/']);
  });

  it.each([
    'http://169.254.169.254/',
    'http://api:8001/',
    'https://api:8000/',
    '//other:8000/',
    'http://localhost:8000/',
    'http://',
    'file:///etc',
  ])('to %s is an answer', async (to) => {
    const { asked, served } = hops(redirect(to));
    expect(await ask(await served)).toMatchObject({ answer: { status: 302, headers: { location: to } } });
    expect(asked).toEqual(['GET /']);
  });

  it('is not followed where that is not wanted', async () => {
    const { served } = hops(redirect('/home'));
    expect(await ask(await served, { redirects: 0 })).toMatchObject({ answer: { status: 302 } });
  });

  it('without end is refused', async () => {
    expect(await said((socket) => void socket.end(redirect('/')))).toBe('refused: il redirige sans fin : 5 fois, puis vers `/`');
  });
});

describe('a server', () => {
  it.each<[string, (socket: Socket) => void, string]>([
    ['that speaks something else', (socket) => socket.end('220 mail ready\r\n'), 'refused: ce qu’il a répondu n’est pas du HTTP'],
    ['that sends garbage for ever', (socket) => pour(socket, Buffer.alloc(1000, 0xff)), 'refused: ce qu’il a répondu n’est pas du HTTP'],
    ['that hangs up', (socket) => socket.end(), 'closed: il a coupé la connexion sans répondre'],
    ['that resets', (socket) => socket.resetAndDestroy(), 'closed: il a coupé la connexion sans répondre'],
    ['that hangs up within the head', (socket) => socket.end(`${OK}content-le`), 'closed: il a coupé la connexion sans répondre'],
    [
      'that says less than it announces',
      (socket) => socket.end(`${OK}content-length: 9\r\n\r\nabc`),
      'refused: il a coupé la connexion avant la fin de sa réponse',
    ],
    [
      'that breaks its chunks',
      (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\nzz\r\n`),
      'refused: ce qu’il a répondu n’est pas du HTTP',
    ],
    ['that announces nonsense', (socket) => socket.end(`${OK}content-length: -1\r\n\r\n`), 'refused: ce qu’il a répondu n’est pas du HTTP'],
    [
      'with a head of a megabyte',
      (socket) => socket.end(`${OK}x: ${'y'.repeat(1024 * 1024)}\r\n\r\n`),
      'refused: sa réponse dépasse 16 384 octets',
    ],
    ['with a head without end', (socket) => pour(socket, 'x: y\r\n', OK), 'refused: sa réponse dépasse 16 384 octets'],
    [
      'that wants another protocol',
      (socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
      'closed: il a coupé la connexion sans répondre',
    ],
  ])('%s is told so', async (_name, answer, expected) => {
    expect((await said((socket) => void answer(socket))).replace(/\s/g, ' ')).toBe(expected.replace(/\s/g, ' '));
  });

  it('that never answers is left', async () => {
    expect(await said(() => undefined, { idleMs: 50 })).toBe('refused: il n’a rien répondu en 0,05 s');
  });

  it('that stops midway is left', async () => {
    const half = (socket: Socket) => void socket.write(`${OK}content-length: 9\r\n\r\nabc`);
    expect(await said(half, { idleMs: 50 })).toBe('refused: sa réponse s’est arrêtée en chemin : rien en 0,05 s');
  });

  it.each([`${OK}x: `, `${OK}\r\n`])('that drips after %j is left at the end of its time', async (head) => {
    const drip = async (socket: Socket): Promise<void> => {
      socket.write(head);
      while (!socket.destroyed) {
        socket.write('y');
        await wait(5);
      }
    };
    expect(await said((socket) => void drip(socket), { timeoutMs: 100 })).toBe('refused: il n’a pas fini de répondre en 0,1 s');
  });

  it('that is not there is told so', async () => {
    const server = await serving(() => undefined);
    server.stop();
    expect(await ask(server)).toEqual({ failure: { kind: 'closed', said: `aucun programme n’écoute sur le port ${server.at.port}` } });
  });
});

describe('an abort', () => {
  it.each([
    ['before the answer', ''],
    ['within the head', `${OK}content-le`],
    ['within the body', `${OK}content-length: 9\r\n\r\nabc`],
    ['within the body without length', `${OK}\r\nabc`],
  ])('%s ends with its reason and leaves no connection', async (_name, sent) => {
    const stop = new AbortController();
    const server = await serving((socket) => {
      socket.write(sent, () => stop.abort(new Error('enough')));
    });
    await expect(ask(server, {}, stop.signal)).rejects.toThrow('enough');
    await server.left();
  });

  it('while it connects, or before, asks nothing', async () => {
    const server = await serving(() => undefined);
    const stop = new AbortController();
    const asked = ask(server, {}, stop.signal);
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    await expect(ask(server, {}, stop.signal)).rejects.toThrow('enough');
    await server.left();
  });
});
