import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { carry } from '../../../../server/previews/carry.ts';

const PROBLEM = { code: 'preview.loopback', message: '« <b>web</b> » & lui', hint: 'Écrivez `--host 0.0.0.0`.' };
const closers: (() => unknown)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closers.splice(0)) close();
});

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, onConnection).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A client connected by `carry` to the result of `open`. */
async function client(open: () => Promise<Duplex>): Promise<Socket> {
  const port = await listen((socket) => void carry(socket, { open, why: async () => PROBLEM }));
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  closers.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** A connection to a server that stands for a port of the lab. */
async function lab(onConnection: (socket: Socket) => void): Promise<() => Promise<Duplex>> {
  const port = await listen(onConnection);
  return async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };
}

describe('a connection forwarded to the lab', () => {
  it('gives each side what the other sent, the first bytes included', async () => {
    const socket = await client(await lab((inner) => inner.pipe(inner)));
    socket.write('un ');
    const [first] = await once(socket, 'data');
    expect(String(first)).toBe('un ');
    socket.end('deux');
    await expect(text(socket)).resolves.toBe('deux');
  });

  it('forwards the late reply to a client that has ended its sending side', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = Promise.withResolvers<Socket>();
    const socket = await client(await lab((inner) => inner.once('data', () => asked.resolve(inner))));
    socket.end('demande');
    const inner = await asked.promise;
    // The time for the first line, and that for the lab's last answer, which begins with the client's end.
    await vi.waitUntil(() => vi.getTimerCount() === 2, { interval: 1 });
    await vi.advanceTimersByTimeAsync(1400);
    inner.end('tard');
    await expect(text(socket)).resolves.toBe('tard');
  });

  it('lets the lab send first', async () => {
    const socket = await client(await lab((inner) => inner.end('220 bonjour\r\n')));
    await expect(text(socket)).resolves.toBe('220 bonjour\r\n');
  });

  it('stops reading a lab whose client does not read', async () => {
    let sent = 0;
    const block = Buffer.alloc(64 * 1024);
    const open = await lab((inner) => {
      const fill = (): void => {
        while (inner.write(block)) sent += block.length;
      };
      inner.on('drain', fill).on('error', () => undefined);
      fill();
    });
    const socket = await client(open);
    socket.pause();
    let before = -1;
    await vi.waitFor(
      () => {
        const same = sent === before;
        before = sent;
        expect(same).toBe(true);
      },
      { interval: 300, timeout: 5000 },
    );
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it.each<[string, () => Promise<() => Promise<Duplex>>]>([
    ['refuses', async () => () => Promise.reject(new Error('refused'))],
    ['hangs up without a word', () => lab((inner) => inner.destroy())],
  ])('that the lab %s tells an HTTP client why, in a page with escaped text', async (_, open) => {
    const socket = await client(await open());
    socket.write('GET / HTTP/1.1\r\nhost: localhost:5050\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 502 /);
    expect(answer).toContain('x-escale-problem: preview.loopback');
    expect(answer).toContain('« &lt;b&gt;web&lt;/b&gt; » &amp; lui');
    expect(answer).toContain('<code>--host 0.0.0.0</code>');
  });

  it('that the lab refuses is disconnected for any other client', async () => {
    const socket = await client(() => Promise.reject(new Error('refused')));
    socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
    await expect(text(socket)).resolves.toBe('');
  });
});
