import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { CLOSE } from '../../../../../contract/workspace.ts';
import { ending, Served } from '../../fakes/served.ts';

it('a terminal of a lab that is away closes so that the page comes back', async () => {
  const served = await Served.open();
  onTestFinished(() => served.close());
  const socket = served.socket('/ws/terminals/main');
  await once(socket, 'open');
  const end = ending(socket);
  socket.send(JSON.stringify({ type: 'auth', token: served.page.value }));
  socket.send(JSON.stringify({ type: 'attach', after: null, cols: 80, rows: 24 }));
  expect(await end).toEqual({ closed: CLOSE.labAway });
});
