import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Preview } from '../../../contract/workspace.ts';
import { RunningServer } from '../server/running-server.ts';

/** Other ports than the brief's, which may be in use on this machine. */
const [WEB, TAKEN, INSIDE, WRONG, DATABASE] = [28_050, 28_432, 28_000, 28_080, 28_379];
/** Containers whose first process ignores SIGTERM would delay every stop of the lab by ten seconds. */
const RUN = 'docker run -d --stop-signal KILL';
const server = new RunningServer();
const somebody: Server = createServer((socket) => socket.end('somebody else'));
let previews: readonly Preview[] = [];

beforeAll(async () => {
  await once(somebody.listen(TAKEN, '127.0.0.1'), 'listening');
  await server.start();
  await server.ready();
  const { socket } = await server.workspace();
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data));
    if (frame.type === 'previews') previews = frame.previews;
  });
  await inLab('until docker pull -q python:3.11-slim; do sleep 1; done', 240_000);
});
afterAll(async () => {
  somebody.close();
  await server.clean();
});

async function inLab(script: string, timeoutMs = 60_000): Promise<string> {
  const agent = await server.labs.agent('solo');
  const { code, stdout, stderr } = await agent.exec({
    argv: ['bash', '-c', script],
    user: 'dataeng',
    cwd: '/home/dataeng',
    env: {},
    timeoutMs,
  });
  if (code !== 0) throw new Error(`exit ${code}: ${script}\n${stdout}\n${stderr}`);
  return stdout.trim();
}

function serveWith(name: string, publish: string, http: string): Promise<string> {
  return inLab(`${RUN} --name ${name} -p ${publish} python:3.11-slim python -m http.server ${http}`);
}

function preview(container: string, expected: object): Promise<void> {
  const found = () => previews.find((one) => one.container === container);
  return vi.waitFor(() => expect(found()).toMatchObject(expected), { timeout: 30_000, interval: 100 });
}

describe('a port that a container of the lab publishes', () => {
  it('answers on this machine at its own number, on both loopback addresses', async () => {
    await serveWith('web', `${WEB}:8000`, '8000');
    await preview('web', { state: 'answers', address: `localhost:${WEB}`, url: `http://localhost:${WEB}`, inside: 8000 });
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      const answer = await fetch(`http://${host}:${WEB}/etc/os-release`);
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Debian')]);
    }
  });

  it('carries large data in both directions', async () => {
    await inLab('docker exec web dd if=/dev/urandom of=/tmp/big bs=1M count=48 status=none');
    const [body, sum] = await Promise.all([
      fetch(`http://localhost:${WEB}/tmp/big`).then((answer) => answer.arrayBuffer()),
      inLab('docker exec web sha256sum /tmp/big'),
    ]);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', body)).toString('hex');
    expect(sum).toContain(digest);
  });

  it('gets another number if its own is taken, and the page says so', async () => {
    await serveWith('moved', `${TAKEN}:8000`, '8000');
    await preview('moved', { state: 'answers', published: TAKEN, address: `localhost:${TAKEN + 10_000}` });
    expect((await fetch(`http://localhost:${TAKEN + 10_000}/`)).status).toBe(200);
  });

  it('that listens on the container’s loopback only is reported, in the page and at the address', async () => {
    await serveWith('inside', `${INSIDE}:8000`, '8000 --bind 127.0.0.1');
    await preview('inside', { state: 'silent', problem: { code: 'preview.loopback' } });
    const answer = await fetch(`http://localhost:${INSIDE}/`);
    expect([answer.status, answer.headers.get('x-escale-problem')]).toEqual([502, 'preview.loopback']);
    expect(await answer.text()).toContain('n’écoute que sur 127.0.0.1');
  });

  it('that points to a port where nothing listens is reported with the right port', async () => {
    await serveWith('wrong', `${WRONG}:80`, '8000');
    await preview('wrong', { problem: { code: 'preview.wrong-port', hint: expect.stringContaining(`${WRONG}:8000`) } });
    expect((await fetch(`http://localhost:${WRONG}/`)).headers.get('x-escale-problem')).toBe('preview.wrong-port');
  });

  it('of a stopped container is reported, and answers again by itself', async () => {
    await inLab('docker kill web');
    await preview('web', { state: 'silent', problem: { code: 'preview.container-down' } });
    expect(await (await fetch(`http://localhost:${WEB}/`)).text()).toContain('est arrêté (code 137)');
    await inLab('docker start web');
    await preview('web', { state: 'answers' });
    expect((await fetch(`http://localhost:${WEB}/`)).status).toBe(200);
  });

  it('is no link if a browser cannot show it, and is closed with its container', async () => {
    await inLab(`${RUN} --name base -p 127.0.0.1:${DATABASE}:6379 python:3.11-slim python -m http.server 6379`);
    await preview('base', { state: 'answers', address: `localhost:${DATABASE}` });
    expect(previews.find(({ container }) => container === 'base')).not.toHaveProperty('url');
    await inLab('docker rm -f base');
    await vi.waitFor(() => expect(previews.some(({ container }) => container === 'base')).toBe(false), { timeout: 10_000 });
    await expect(fetch(`http://localhost:${DATABASE}/`)).rejects.toThrow();
  });

  it('is closed when the lab stops, and opened again with it', async () => {
    await server.labs.stop('solo');
    await vi.waitFor(() => expect(previews).toEqual([]), { timeout: 10_000 });
    await expect(fetch(`http://localhost:${WEB}/`)).rejects.toThrow();
    await server.labs.start({ lab: 'solo' });
    await inLab('docker start web');
    await preview('web', { state: 'answers' });
    expect((await fetch(`http://localhost:${WEB}/`)).status).toBe(200);
  });

  it('is closed when the server stops', async () => {
    expect(await server.end('SIGINT')).toBe(0);
    await expect(fetch(`http://127.0.0.1:${WEB}/`)).rejects.toThrow();
    await expect(fetch(`http://[::1]:${WEB}/`)).rejects.toThrow();
  });
});
