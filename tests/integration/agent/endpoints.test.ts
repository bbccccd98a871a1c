import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { errorBodySchema } from '../../../contract/errors.ts';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';
import { settled } from '../../support/settled.ts';
import { type RunningAgent, startAgent } from './start-agent.ts';

let agent: RunningAgent;
const folders: string[] = [];

async function engineFolder(): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/escale-engine-`);
  folders.push(folder);
  return folder;
}

beforeAll(async () => {
  agent = await startAgent();
});
afterAll(async () => {
  await agent.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function upgrade(path: string, authorization: string): Promise<{ status: number; body: unknown }> {
  const socket = new WebSocket(`${agent.url.replace('http', 'ws')}${path}`, { headers: { authorization } });
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  let text = '';
  for await (const part of response) text += part;
  return { status: response.statusCode, body: JSON.parse(text) };
}

describe('the token', () => {
  it.each(['', 'Bearer ', 'Bearer wrong', 'Basic x', `Bearer ${'x'.repeat(5000)}`])('« %.20s » opens nothing', async (authorization) => {
    for (const path of ['/health', '/files/tree', '/docker/version', '/unknown']) {
      const response = await fetch(`${agent.url}${path}`, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(errorBodySchema.parse(await response.json()).error.code).toBe('agent.unauthorized');
    }
    for (const path of ['/terminals/t', '/exec', '/files/watch', '/tunnel/22', '/docker/session']) {
      expect(await upgrade(path, authorization)).toMatchObject({ status: 401, body: { error: { code: 'agent.unauthorized' } } });
    }
  });

  it('a wrong token makes the lab unavailable, for the server', async () => {
    const stranger = createLabAgent({ url: agent.url, token: 'x'.repeat(30) });
    await expect(stranger.health()).rejects.toMatchObject({ code: 'unavailable.lab', kind: 'unavailable' });
    await expect(stranger.exec({ argv: ['true'], user: 'root', cwd: '/', env: {} })).rejects.toMatchObject({ code: 'unavailable.lab' });
  });
});

describe('requests', () => {
  const authorized = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${agent.url}${path}`, { ...init, headers: { authorization: `Bearer ${agent.token}` } });

  it.each([
    ['POST', '/engine', '{"action":"explode"}', 400, 'agent.off-schema'],
    ['POST', '/engine', 'nonsense', 400, 'agent.off-schema'],
    ['POST', '/engine', `{"action":"${'x'.repeat(100_000)}"}`, 413, 'agent.body-too-large'],
    ['PUT', '/files/content', '{}', 400, 'agent.off-schema'],
    ['PUT', '/files/content', 'x'.repeat(12_000_000), 413, 'agent.body-too-large'],
    ['GET', '/nothing', undefined, 404, 'agent.unknown-route'],
    ['DELETE', '/terminals/UPPER', undefined, 400, 'agent.off-schema'],
  ])('%s %s of %.30s → %i', async (method, path, body, status, code) => {
    const response = await authorized(path, { method, ...(body === undefined ? {} : { body }) });
    expect(response.status).toBe(status);
    expect(errorBodySchema.parse(await response.json()).error.code).toBe(code);
  });

  it('with very large headers are refused', async () => {
    const response = await authorized(`/health?${'x'.repeat(20_000)}`);
    expect(response.status).toBe(431);
  });

  it('that never end do not block others', async () => {
    const sockets = Array.from({ length: 50 }, () => connect(Number(new URL(agent.url).port), '127.0.0.1'));
    for (const socket of sockets) socket.on('error', () => undefined).write('GET /health HTTP/1.1\r\nhost: x\r\nx-slow: ');
    expect((await agent.client.health()).agent).toMatch(/^\d/);
    for (const socket of sockets) socket.destroy();
  });
});

describe('the engine', () => {
  it('reports its state', async () => {
    expect((await agent.client.health()).engine).toMatchObject({ state: 'running' });
  });

  it('works with dockerode, streams included', async () => {
    const docker = new Docker(agent.client.dockerOptions);
    expect((await docker.version()).ApiVersion).toMatch(/^1\./);
    const events = await docker.getEvents({ since: 1, until: 2 });
    let text = '';
    for await (const part of events) text += part;
    expect(text).toBe('');
    await expect(docker.getContainer('no-such-container').inspect()).rejects.toMatchObject({ statusCode: 404 });
  });

  it('never receives the token', async () => {
    const folder = await engineFolder();
    const socketPath = `${folder}/docker.sock`;
    let head = '';
    const engine = createServer((socket) => {
      socket.on('data', (bytes) => {
        head += bytes.toString();
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      });
    }).listen(socketPath);
    const other = await startAgent({ ESCALE_DOCKER_SOCKET: socketPath });
    await new Docker(other.client.dockerOptions).ping();
    expect(head).toContain('GET /_ping');
    expect(head.toLowerCase()).not.toContain('authorization');
    expect(head).not.toContain(other.token);
    engine.close();
    await other.stop();
  });

  it('reports whether it is absent or does not answer yet', async () => {
    const folder = await engineFolder();
    const hanging = createServer(() => undefined).listen(`${folder}/hanging.sock`);
    const absent = await startAgent({ ESCALE_DOCKER_SOCKET: `${folder}/absent.sock` });
    expect((await absent.client.health()).engine).toEqual({ state: 'stopped' });
    const response = await fetch(`${absent.url}/docker/version`, { headers: { authorization: `Bearer ${absent.token}` } });
    const body = await response.json();
    expect([response.status, errorBodySchema.parse(body).error.code]).toEqual([503, 'unavailable.engine']);
    expect(body).toHaveProperty('message', errorBodySchema.parse(body).error.message);
    await absent.stop();
    const waiting = await startAgent({ ESCALE_DOCKER_SOCKET: `${folder}/hanging.sock` });
    expect((await waiting.client.health()).engine).toEqual({ state: 'starting' });
    await waiting.stop();
    hanging.close();
  });

  it('is stopped and started by its service, and a failure includes the service’s output', async () => {
    const folder = await engineFolder();
    const service = `${folder}/service`;
    const server = `require('http').createServer((q, r) => r.end('{"Version":"1.2.3"}')).listen('${folder}/docker.sock')`;
    await writeFile(
      service,
      `#!/bin/bash\ncd ${folder}\ncase $1 in\nstart) (sleep 0.3; exec node -e ${JSON.stringify(server)}) >/dev/null 2>&1 & echo $! > pid;;\nstop) kill $(cat pid); rm -f docker.sock;;\n*) echo "it is broken" >&2; exit 1;;\nesac\n`,
    );
    await chmod(service, 0o755);
    const other = await startAgent({ ESCALE_DOCKER_SOCKET: `${folder}/docker.sock`, ESCALE_ENGINE_COMMAND: service });
    expect((await other.client.engine('start')).engine).toEqual({ state: 'running', version: '1.2.3' });
    expect((await other.client.engine('stop')).engine).toEqual({ state: 'stopped' });
    await expect(other.client.engine('restart')).rejects.toMatchObject({
      code: 'unavailable.engine',
      message: expect.stringContaining('it is broken'),
    });
    await other.stop();
  });

  it('supports attach and exec, which take over the connection', async () => {
    const folder = await engineFolder();
    const engine = createServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 101 UPGRADED\r\nconnection: Upgrade\r\nupgrade: tcp\r\n\r\nhello ');
        socket.pipe(socket);
      });
    }).listen(`${folder}/docker.sock`);
    const other = await startAgent({ ESCALE_DOCKER_SOCKET: `${folder}/docker.sock` });
    const asked = request(`${other.url}/docker/containers/x/attach`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.token}`, connection: 'Upgrade', upgrade: 'tcp' },
    });
    asked.end();
    const [, socket, head] = await once(asked, 'upgrade');
    let text = head.toString();
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
    socket.end('world');
    await once(socket, 'end');
    expect(text).toBe('hello world');
    engine.close();
    await other.stop();
  });
});

describe('a tunnel', () => {
  const tunnel = (port: number): WebSocket =>
    new WebSocket(`${agent.url.replace('http', 'ws')}/tunnel/${port}`, { headers: { authorization: `Bearer ${agent.token}` } });

  it('carries bytes in both directions, and the end of the stream', async () => {
    const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = tunnel(port);
    await once(socket, 'open');
    let received = 0;
    socket.on('message', (data: Buffer) => {
      received += data.length;
    });
    for (let i = 0; i < 40; i += 1) socket.send(Buffer.alloc(100_000));
    await vi.waitFor(() => expect(received).toBe(4_000_000), { timeout: 30_000 });
    const gone = once(socket, 'close');
    server.close();
    for (const connection of [socket]) connection.close();
    await gone;
  });

  it('does not buffer what the client does not read', async () => {
    let taken = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      const pour = (): void => {
        while (socket.write(Buffer.alloc(64 * 1024))) taken += 64 * 1024;
        taken += 64 * 1024;
        socket.once('drain', pour);
      };
      pour();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = tunnel((server.address() as AddressInfo).port);
    await once(socket, 'open');
    socket.pause();
    expect(await settled(() => taken)).toBeLessThan(30_000_000);
    socket.terminate();
    server.close();
  });

  it('is refused for a port where nothing listens', async () => {
    expect(await upgrade('/tunnel/1', `Bearer ${agent.token}`)).toMatchObject({ status: 502, body: { error: { code: 'tunnel.refused' } } });
    expect(await upgrade('/tunnel/0', `Bearer ${agent.token}`)).toMatchObject({ status: 404 });
    expect(await upgrade('/tunnel/70000', `Bearer ${agent.token}`)).toMatchObject({ status: 404 });
  });

  it('to an address reaches what listens on that one', async () => {
    const listen = async (port: number, host: string): Promise<Server> => {
      const server = createServer((socket) => socket.end(host)).listen(port, host);
      await once(server, 'listening');
      return server;
    };
    const first = await listen(0, '127.0.0.1');
    const { port } = first.address() as AddressInfo;
    const servers = [first, await listen(port, '127.0.0.2'), await listen(port, '::1')];
    for (const host of ['127.0.0.1', '127.0.0.2', '::1']) expect(await text(await agent.client.tunnel({ port, host }))).toBe(host);
    expect(await text(await agent.client.tunnel({ port }))).toBe('127.0.0.1');
    for (const server of servers) server.close();
  });

  it.each([
    ['/tunnel/80/203.0.113.1', 502, 'tunnel.unreachable'],
    ['/tunnel/80/0.0.0.0', 502, 'tunnel.unreachable'],
    ['/tunnel/80/2001:db8::1', 502, 'tunnel.unreachable'],
    ['/tunnel/80/::ffff:203.0.113.1', 502, 'tunnel.unreachable'],
    ['/tunnel/1/127.0.0.1', 502, 'tunnel.refused'],
    ['/tunnel/80/localhost', 400, 'agent.off-schema'],
    ['/tunnel/80/127.1', 400, 'agent.off-schema'],
    ['/tunnel/80/2130706433', 400, 'agent.off-schema'],
    ['/tunnel/80/', 400, 'agent.off-schema'],
    ['/tunnel/80/127.0.0.1/', 404, 'agent.unknown-route'],
  ])('to %s is refused', async (path, status, code) => {
    expect(await upgrade(path, `Bearer ${agent.token}`)).toMatchObject({ status, body: { error: { code } } });
  });
});
