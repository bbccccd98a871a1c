import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { TERMINAL_FRAME_BYTES } from '../../../../../contract/terminal.ts';
import { CLOSE } from '../../../../../contract/workspace.ts';
import { fakeAgent } from '../../fakes/fake-agent.ts';
import { ending, Served } from '../../fakes/served.ts';

/** A real websocket server in place of the agent. */
let agent: WebSocketServer;
let shell: WebSocket;
let heard: { data: Buffer; binary: boolean }[];
let served: Served;

beforeEach(async () => {
  heard = [];
  agent = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(agent, 'listening');
  agent.on('connection', (socket) => {
    shell = socket;
    socket.on('message', (data: RawData, binary: boolean) => heard.push({ data: Buffer.from(data as Buffer), binary }));
  });
  served = await Served.open();
  const { port } = agent.address() as AddressInfo;
  served.workbench.agentInUse = fakeAgent({
    terminalUrl: (terminal) => ({ url: `ws://127.0.0.1:${port}/terminals/${terminal}`, headers: { authorization: 'Bearer lab' } }),
  });
});
afterEach(async () => {
  for (const socket of agent.clients) socket.terminate();
  agent.close();
  await served.close();
});

const ATTACH = { type: 'attach', after: null, cols: 80, rows: 24 };

/** A page that has sent `auth` and these frames at once. */
async function page(...frames: (object | Buffer | string)[]): Promise<WebSocket> {
  const socket = served.socket('/ws/terminals/main');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'auth', token: served.page.value }));
  for (const frame of frames) socket.send(Buffer.isBuffer(frame) || typeof frame === 'string' ? frame : JSON.stringify(frame));
  return socket;
}

describe('the terminal bridge', () => {
  it('passes on frames sent before the shell was connected, in order and nothing else', async () => {
    const connected = once(agent, 'connection');
    await page({ ...ATTACH, extra: 'dropped' }, Buffer.from('é'), { type: 'resize', cols: 100, rows: 30 });
    const [, request] = await connected;
    expect([request.url, request.headers.authorization]).toEqual(['/terminals/main', 'Bearer lab']);
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(heard.map(({ data, binary }) => [data.toString(), binary])).toEqual([
      [JSON.stringify(ATTACH), false],
      ['é', true],
      [JSON.stringify({ type: 'resize', cols: 100, rows: 30 }), false],
    ]);
  });

  it('passes output and frames of the shell to the page', async () => {
    const socket = await page(ATTACH);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const frames: [string, boolean][] = [];
    socket.on('message', (data: Buffer, binary: boolean) => frames.push([data.toString('latin1'), binary]));
    const output = Buffer.concat([Buffer.alloc(8), Buffer.from('bonjour')]);
    shell.send(JSON.stringify({ type: 'attached', terminal: 'main', from: 0, gap: false }));
    shell.send(output);
    await vi.waitFor(() => expect(frames).toHaveLength(2));
    expect(frames[0]).toEqual(['{"type":"attached","terminal":"main","from":0,"gap":false}', false]);
    expect(frames[1]).toEqual([output.toString('latin1'), true]);
  });

  it.each([
    ['keys before attach', () => Buffer.from('ls\r')],
    ['a resize before attach', () => ({ type: 'resize', cols: 80, rows: 24 })],
    ['a size that cannot be', () => ({ ...ATTACH, cols: 100_000 })],
    ['another frame of the contract', () => ({ type: 'exit', code: 0 })],
  ])('closes on %s, which the shell does not get', async (_what, frame) => {
    const socket = await page(frame());
    expect(await ending(socket)).toEqual({ closed: CLOSE.badFrame });
    // What would have been passed on comes before what a later page says.
    await page(ATTACH);
    await vi.waitFor(() => expect(heard).not.toEqual([]));
    expect(heard.map(({ data }) => data.toString())).toEqual([JSON.stringify(ATTACH)]);
  });

  it('closes on an oversized frame', async () => {
    const socket = await page(ATTACH, Buffer.alloc(TERMINAL_FRAME_BYTES + 1));
    expect(await ending(socket)).toEqual({ closed: 1009 });
  });

  it.each([
    ['is no JSON', () => 'hello'],
    ['is off the schema', () => JSON.stringify({ type: 'attached', terminal: 'main' })],
    ['has output without its number', () => Buffer.from('short')],
    ['is oversized', () => Buffer.alloc(TERMINAL_FRAME_BYTES + 1)],
  ])('ends when a frame of the lab %s, which the page does not get', async (_what, frame) => {
    const socket = await page(ATTACH);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const told = vi.fn();
    socket.on('message', told);
    const end = ending(socket);
    shell.send(frame());
    expect(await end).toEqual({ closed: CLOSE.labAway });
    expect(told).not.toHaveBeenCalled();
  });

  it('tells the page to reconnect when the agent disconnects or refuses', async () => {
    const socket = await page(ATTACH);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const end = ending(socket);
    shell.terminate();
    expect(await end).toEqual({ closed: CLOSE.labAway });
    agent.close();
    expect(await ending(await page(ATTACH))).toEqual({ closed: CLOSE.labAway });
  });

  it('disconnects from the shell when the page disconnects', async () => {
    const socket = await page(ATTACH);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const closed = once(shell, 'close');
    socket.terminate();
    await closed;
  });

  it('stops reading the lab while the page does not read, and loses nothing', async () => {
    const socket = await page(ATTACH);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    let received = 0;
    socket.on('message', (data: Buffer) => {
      received += data.length;
    });
    socket.pause();
    const chunk = Buffer.alloc(64 * 1024);
    const chunks = 600;
    for (let i = 0; i < chunks; i++) shell.send(chunk);
    // What the bridge has not read waits on the lab's side.
    let before = -1;
    await vi.waitFor(
      () => {
        const isSettled = shell.bufferedAmount === before;
        before = shell.bufferedAmount;
        expect(isSettled).toBe(true);
      },
      { interval: 300, timeout: 5000 },
    );
    expect(shell.bufferedAmount).toBeGreaterThan(10 * 1024 * 1024);
    socket.resume();
    await vi.waitFor(() => expect(received).toBe(chunks * chunk.length), { timeout: 5000 });
  });
});
