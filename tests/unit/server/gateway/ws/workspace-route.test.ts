import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { CLOSE, workspaceServerFrameSchema } from '../../../../../contract/workspace.ts';
import { ending, Served } from '../../fakes/served.ts';

let served: Served;
beforeEach(async () => {
  served = await Served.open();
});
afterEach(() => served.close());

const auth = () => JSON.stringify({ type: 'auth', token: served.page.value });

async function opened(): Promise<WebSocket> {
  const socket = served.socket('/ws/workspace');
  await once(socket, 'open');
  return socket;
}

describe('the workspace', () => {
  it('tells the state, and hears what the page asks, in order', async () => {
    const socket = await opened();
    const first = once(socket, 'message');
    for (const frame of [
      { type: 'watch', task: '1.3' },
      { type: 'check', task: '1.3' },
      { type: 'trial', criterion: '1.3/health' },
      { type: 'map', shown: true },
      { type: 'map', shown: false },
    ]) {
      if (frame.type === 'watch') socket.send(auth());
      socket.send(JSON.stringify(frame));
    }
    const [data] = await first;
    expect(workspaceServerFrameSchema.parse(JSON.parse(String(data)))).toMatchObject({ type: 'setup' });
    await vi.waitFor(() =>
      expect(served.workbench.asked).toEqual(['follow', 'watch 1.3', 'check 1.3', 'trial 1.3/health', 'map true', 'map false']),
    );
    socket.close();
    await vi.waitFor(() => expect(served.workbench.asked.at(-1)).toBe('end'));
  });

  it.each([
    ['off the schema', JSON.stringify({ type: 'watch', task: 'all' })],
    ['too large', JSON.stringify({ type: 'watch', task: '1.3', pad: 'x'.repeat(17 * 1024) })],
  ])('closes on a frame that is %s', async (_what, frame) => {
    const socket = await opened();
    const end = ending(socket);
    socket.send(auth());
    socket.send(frame);
    expect(await end).toEqual({ closed: CLOSE.badFrame });
    await vi.waitFor(() => expect(served.workbench.asked).toEqual(['follow', 'end']));
  });

  it('is told to come back when the server stops', async () => {
    const socket = await opened();
    socket.send(auth());
    await once(socket, 'message');
    const end = ending(socket);
    await served.close();
    expect(await end).toEqual({ closed: CLOSE.serverGone });
  });
});
