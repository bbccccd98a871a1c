import Docker from 'dockerode';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CutSocket } from './cut-socket.ts';
import { RunningServer } from './running-server.ts';
import { Shell } from './shell.ts';

const engine = new CutSocket();
const server = new RunningServer({ DOCKER_HOST: `unix://${engine.path}` });

beforeAll(async () => {
  await engine.join();
  await server.start();
  await server.ready();
});
afterAll(async () => {
  await server.clean();
  await engine.end();
});

it('keeps running when the host’s engine goes away, reports it, and recovers by itself', async () => {
  const { frames, socket } = await server.workspace();
  const engineStep = () => {
    const last = frames.filter((frame) => frame.type === 'setup').at(-1);
    return last?.setup.steps.find(({ id }) => id === 'engine');
  };
  await vi.waitFor(() => expect(engineStep()?.state).toBe('done'), { timeout: 10_000 });
  const container = await server.container();
  const shell = new Shell();
  await shell.attach(server, 'one');

  await engine.cut();
  await vi.waitFor(() => expect(engineStep()).toMatchObject({ state: 'failed', problem: { code: 'engine.unreachable' } }), {
    timeout: 30_000,
    interval: 200,
  });
  expect((await fetch(`${server.origin}/fr/1.3/`)).status).toBe(200);
  // The lab itself still runs: typed text must not be lost because the engine is unavailable.
  shell.type('echo "toujours $((40 + 2))"');
  await shell.sees('toujours 42');

  await engine.join();
  await vi.waitFor(() => expect(engineStep()?.state).toBe('done'), { timeout: 30_000, interval: 200 });
  expect(await server.ready(30_000)).toMatchObject({ state: 'ready' });
  expect(await server.container()).toBe(container);
  shell.type('echo "encore $((40 + 3))"');
  await shell.sees('encore 43');
  shell.close();
  socket.terminate();
});

it('restarts a lab that died while the engine was away', async () => {
  const container = new Docker().getContainer(await server.container());
  await engine.cut();
  await container.kill();
  await engine.join();
  await vi.waitFor(async () => expect((await container.inspect()).State.Running).toBe(true), { timeout: 60_000, interval: 500 });
  await server.ready(60_000);
});
