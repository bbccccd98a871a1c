import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { AUTH_DEADLINE_MS, CLOSE } from '../../../../../contract/workspace.ts';
import { ending, Served } from '../../fakes/served.ts';

let served: Served;
beforeEach(async () => {
  served = await Served.open();
});
afterEach(async () => {
  vi.useRealTimers();
  await served.close();
});

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
  ])('%s closes it and nothing is done', async (_what, frame, expected) => {
    const socket = await opened(path);
    const end = ending(socket);
    socket.send(frame());
    socket.send(auth());
    socket.send(JSON.stringify({ type: 'watch', task: '1.3' }));
    expect(await end).toEqual({ closed: expected });
    expect(served.workbench.asked).toEqual([]);
  });
});

describe('silence', () => {
  it.each(['/ws/workspace', '/ws/terminals/main'])('closes %s after five seconds, and not before', async (path) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const socket = await opened(path);
    const end = ending(socket);
    await vi.waitUntil(() => vi.getTimerCount() > 0, { interval: 1 });
    await vi.advanceTimersByTimeAsync(AUTH_DEADLINE_MS - 500);
    socket.ping();
    await once(socket, 'pong');
    await vi.advanceTimersByTimeAsync(500);
    expect(await end).toEqual({ closed: CLOSE.unauthorized });
  });
});
