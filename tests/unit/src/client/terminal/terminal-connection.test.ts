import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { CLOSE } from '../../../../../contract/workspace.ts';
import { Session } from '../../../../../src/client/connection/session.ts';
import { type RunOutcome, TerminalConnection, type TerminalState } from '../../../../../src/client/terminal/terminal-connection.ts';

/** The other end, controlled by the test. */
let server: WebSocketServer;
let sockets: ServerSocket[];
let frames: unknown[];
let screen: {
  size: { cols: number; rows: number };
  drawn: string;
  cleared: number;
  write(bytes: Uint8Array, done: () => void): void;
  clear(): void;
};
let states: TerminalState[];
let connection: TerminalConnection;

beforeEach(async () => {
  sockets = [];
  frames = [];
  states = [];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data, isBinary) => frames.push(isBinary ? data.toString() : JSON.parse(data.toString())));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal('location', new URL(`http://127.0.0.1:${port}/fr/1.3/`));
  vi.stubGlobal('fetch', async () => Response.json({ token: 'token-of-more-than-twenty-characters' }));
  screen = {
    size: { cols: 80, rows: 24 },
    drawn: '',
    cleared: 0,
    write(bytes, done) {
      this.drawn += new TextDecoder().decode(bytes);
      done();
    },
    clear() {
      this.cleared++;
      this.drawn = '';
    },
  };
  connection = new TerminalConnection('1', new Session(), screen, {
    state: (state) => states.push(state),
    foreground: () => undefined,
    error: () => undefined,
  });
  connection.start();
});

afterEach(async () => {
  vi.useRealTimers();
  connection.stop();
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
  vi.unstubAllGlobals();
});

const socket = (): ServerSocket => {
  const last = sockets.at(-1);
  if (last === undefined) throw new Error('nobody connected');
  return last;
};
const say = (frame: object): void => socket().send(JSON.stringify(frame));
const output = (seq: number, text: string): void => {
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(BigInt(seq));
  socket().send(Buffer.concat([head, Buffer.from(text)]));
};
const attach = { type: 'attach', cols: 80, rows: 24 };
const attached = async (from = 0, gap = false): Promise<void> => {
  await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'attach' }));
  say({ type: 'attached', terminal: '1', from, gap });
  await vi.waitFor(() => expect(connection.attached).toBe(true));
};

describe('TerminalConnection', () => {
  test('sends its token, attaches without history, draws and acknowledges', async () => {
    await attached();
    output(0, 'bonjour');
    await vi.waitFor(() => expect(frames).toContainEqual({ type: 'ack', seq: 7 }));
    expect(frames.slice(0, 2)).toEqual([
      { type: 'auth', token: 'token-of-more-than-twenty-characters' },
      { ...attach, after: null },
    ]);
    expect(screen.drawn).toBe('bonjour');
  });

  test('reconnects at its position, and draws nothing twice', async () => {
    await attached();
    output(0, 'abc');
    await vi.waitFor(() => expect(screen.drawn).toBe('abc'));
    socket().close(1012);
    await vi.waitFor(() => expect(frames.at(-1)).toEqual({ ...attach, after: 3 }), 3000);
    say({ type: 'attached', terminal: '1', from: 3, gap: false });
    output(1, 'bcde');
    await vi.waitFor(() => expect(screen.drawn).toBe('abcde'));
    expect(screen.cleared).toBe(0);
    expect(states.map((state) => state.kind)).toContain('away');
  });

  test('clears the screen when output was lost', async () => {
    await attached();
    output(0, 'abc');
    await vi.waitFor(() => expect(screen.drawn).toBe('abc'));
    socket().close(1012);
    await vi.waitFor(() => expect(frames.at(-1)).toEqual({ ...attach, after: 3 }), 3000);
    say({ type: 'attached', terminal: '1', from: 50, gap: true });
    output(50, 'suite');
    await vi.waitFor(() => expect(screen.drawn).toBe('suite'));
    expect(screen.cleared).toBe(1);
  });

  test('replaces a refused token at once', async () => {
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    // No timer of the page goes off.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const again = once(server, 'connection');
    socket().close(CLOSE.unauthorized);
    await again;
  });

  test('returns what became of a command', async () => {
    await attached();
    const running = connection.run('ls -A', false);
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'run', command: 'ls -A', force: false }));
    const id = (frames.at(-1) as { id: string }).id;
    say({ type: 'ran', id, outcome: 'busy' });
    expect(await running).toBe('busy' satisfies RunOutcome);
  });

  test('does not send a command again when its reply was lost', async () => {
    await attached();
    const running = connection.run('rm -rf data', false);
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'run' }));
    socket().close(1012);
    expect(await running).toBe('unknown');
    await vi.waitFor(() => expect(sockets).toHaveLength(2), 3000);
    await attached();
    expect(frames.filter((frame) => typeof frame === 'object' && frame !== null && 'command' in frame)).toHaveLength(1);
  });

  test('drops keys typed while the connection is down', async () => {
    await attached();
    socket().close(1012);
    await vi.waitFor(() => expect(connection.attached).toBe(false));
    connection.type('y');
    expect(await connection.run('ls', false)).toBe('offline');
    await vi.waitFor(() => expect(sockets).toHaveLength(2), 3000);
    await attached();
    expect(frames).not.toContain('y');
  });

  test('restarts an ended shell from its first byte', async () => {
    await attached();
    output(0, 'abc');
    say({ type: 'exit', code: 0 });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: 'exited', code: 0 }));
    connection.restart();
    await vi.waitFor(() => expect(frames.at(-1)).toEqual({ ...attach, after: null }));
  });

  test('sends a large paste in frames that the other side accepts', async () => {
    await attached();
    frames.length = 0;
    connection.type('x'.repeat(150_000));
    await vi.waitFor(() => expect(frames.map((frame) => String(frame).length)).toEqual([65_536, 65_536, 18_928]));
  });
});
