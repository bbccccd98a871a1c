import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { AUTH_DEADLINE_MS, CLOSE, workspaceServerFrameSchema } from '../../../../contract/workspace.ts';
import { ending, Served } from '../fakes/served.ts';

let served: Served;
beforeEach(async () => {
  served = await Served.open();
});
afterEach(() => served.close());

const auth = () => JSON.stringify({ type: 'auth', token: served.page.value });

async function opened(path: string): Promise<WebSocket> {
  const socket = served.socket(path);
  await once(socket, 'open');
  return socket;
}

describe.each(['/ws/workspace', '/ws/terminals/main'])('before authentication, %s', (path) => {
  it.each([
    ['a wrong token', () => JSON.stringify({ type: 'auth', token: 'x'.repeat(43) }), CLOSE.unauthorized],
    ['the command line’s token', () => JSON.stringify({ type: 'auth', token: served.control.value }), CLOSE.unauthorized],
    ['another frame', () => JSON.stringify({ type: 'check', task: '1.3' }), CLOSE.badFrame],
    ['a frame that is no JSON', () => '{', CLOSE.badFrame],
    ['a binary frame', () => Buffer.from('ls\r'), CLOSE.badFrame],
    ['a large frame', () => JSON.stringify({ type: 'auth', token: 'x', pad: 'x'.repeat(5000) }), CLOSE.badFrame],
    ['an oversized frame', () => 'x'.repeat(300 * 1024), 1009],
  ])('%s closes it, and nothing is executed', async (_what, frame, expected) => {
    const socket = await opened(path);
    const end = ending(socket);
    socket.send(frame());
    socket.send(auth());
    socket.send(JSON.stringify({ type: 'watch', task: '1.3' }));
    expect(await end).toEqual({ closed: expected });
    expect(served.workbench.asked).toEqual([]);
  });
});

describe('a silent websocket', () => {
  it('is closed after five seconds', { timeout: 10_000 }, async () => {
    const began = performance.now();
    const ends = ['/ws/workspace', '/ws/terminals/main'].map(async (path) => ending(await opened(path)));
    expect(await Promise.all(ends)).toEqual([{ closed: CLOSE.unauthorized }, { closed: CLOSE.unauthorized }]);
    expect(performance.now() - began).toBeGreaterThan(AUTH_DEADLINE_MS - 100);
  });
});

describe('the workspace', () => {
  it('sends the state, and receives the page’s requests in order', async () => {
    const socket = await opened('/ws/workspace');
    const first = once(socket, 'message');
    for (const frame of [
      { type: 'watch', task: '1.3' },
      { type: 'check', task: '1.3' },
      { type: 'trial', criterion: '1.3/health' },
    ]) {
      if (frame.type === 'watch') socket.send(auth());
      socket.send(JSON.stringify(frame));
    }
    const [data] = await first;
    expect(workspaceServerFrameSchema.parse(JSON.parse(String(data)))).toMatchObject({ type: 'setup' });
    await vi.waitFor(() => expect(served.workbench.asked).toEqual(['follow', 'watch 1.3', 'check 1.3', 'trial 1.3/health']));
    socket.close();
    await vi.waitFor(() => expect(served.workbench.asked.at(-1)).toBe('end'));
  });

  it.each([
    ['off the schema', JSON.stringify({ type: 'watch', task: 'all' })],
    ['too large', JSON.stringify({ type: 'watch', task: '1.3', pad: 'x'.repeat(17 * 1024) })],
  ])('closes on a frame that is %s', async (_what, frame) => {
    const socket = await opened('/ws/workspace');
    const end = ending(socket);
    socket.send(auth());
    socket.send(frame);
    expect(await end).toEqual({ closed: CLOSE.badFrame });
    await vi.waitFor(() => expect(served.workbench.asked).toEqual(['follow', 'end']));
  });

  it('tells the page to reconnect when the server stops', async () => {
    const socket = await opened('/ws/workspace');
    socket.send(auth());
    await once(socket, 'message');
    const end = ending(socket);
    await served.close();
    expect(await end).toEqual({ closed: CLOSE.serverGone });
  });
});

describe('a terminal of an unavailable lab', () => {
  it('is closed so that the page reconnects', async () => {
    const socket = await opened('/ws/terminals/main');
    const end = ending(socket);
    socket.send(auth());
    socket.send(JSON.stringify({ type: 'attach', after: null, cols: 80, rows: 24 }));
    expect(await end).toEqual({ closed: CLOSE.labAway });
  });
});
