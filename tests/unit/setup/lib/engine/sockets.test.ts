import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { candidates, findEngine, look } from '../../../../../setup/lib/engine/sockets.mjs';
import { temporaryFolder } from '../temporary-folder.ts';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function engineAt(answer: string, status = 200): Promise<string> {
  const path = join(temporaryFolder(), 'docker.sock');
  const server = createServer((_, response) => response.writeHead(status).end(answer));
  open.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return `unix://${path}`;
}

describe('looking for an engine', () => {
  it('finds one that answers, whatever comes before it in the list', async () => {
    const silent = 'unix:///nowhere/docker.sock';
    const answering = await engineAt('{"Version":"26.1.5","ApiVersion":"1.45"}');
    expect(await findEngine([silent, answering])).toEqual({ dockerHost: answering, state: 'answers', version: '26.1.5' });
    expect(await findEngine([silent])).toBeNull();
  });

  it('does not accept an error, or a listener that stays silent, as an engine', async () => {
    expect(await look(await engineAt('broken', 500))).toMatchObject({ state: 'silent' });
    const mute = join(temporaryFolder(), 'mute.sock');
    const server = createServer(() => undefined);
    open.push({ close: () => server.closeAllConnections() }, server);
    await new Promise<void>((resolve) => server.listen(mute, resolve));
    expect(await look(`unix://${mute}`, 200)).toMatchObject({ state: 'silent' });
  });

  it('uses DOCKER_HOST only, if it is set', () => {
    expect(candidates({ DOCKER_HOST: 'tcp://10.0.0.1:2375' })).toEqual(['tcp://10.0.0.1:2375']);
    expect(candidates({})[0]).toBe('unix:///var/run/docker.sock');
  });
});
