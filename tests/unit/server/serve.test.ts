import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setupStatusSchema } from '../../../contract/workspace.ts';

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
const PORT = 4650;
let dir: string;
interface Started {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown[]>;
  output: string;
}

const children: Started[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'escale-start-'));
});
afterEach(() => {
  for (const { child } of children.splice(0)) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** The server in its own process, on a machine without an engine. */
function start(...args: string[]): Started {
  const child = spawn(process.execPath, [MAIN, '--state', dir, '--port', String(PORT), ...args], {
    env: { ...process.env, DOCKER_HOST: `unix://${dir}/no-engine.sock` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started: Started = { child, output: '', exit: once(child, 'exit') };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      started.output += text;
    });
  }
  children.push(started);
  return started;
}

async function address(started: Started): Promise<string> {
  return vi.waitFor(
    () => {
      const url = /Escale est ouvert : (\S+)/.exec(started.output)?.[1];
      if (url === undefined) throw new Error(`not serving: ${started.output}`);
      return url;
    },
    { timeout: 15_000, interval: 50 },
  );
}

describe('serving without an engine', { timeout: 30_000 }, () => {
  it('serves the site, says what is missing and how to fix it, and stops on request', async () => {
    const started = start();
    expect(await address(started)).toBe(`http://localhost:${PORT}/`);
    await vi.waitFor(async () => {
      const setup = setupStatusSchema.parse(await (await fetch(`http://localhost:${PORT}/api/setup`)).json());
      expect(setup.steps[0]).toMatchObject({
        id: 'engine',
        state: 'failed',
        problem: { code: 'engine.unreachable', hint: expect.stringContaining('Démarrez Docker') },
      });
    });
    started.child.kill('SIGTERM');
    expect((await started.exit)[0]).toBe(0);
    expect(existsSync(join(dir, 'server.json'))).toBe(false);
  });

  it('uses the next port and says so, and has its state folder to itself', async () => {
    const other = createServer().listen({ host: '127.0.0.1', port: PORT });
    await once(other, 'listening');
    const started = start();
    expect(await address(started)).toBe(`http://localhost:${PORT + 1}/`);
    expect(started.output).toContain(`Le port demandé est déjà pris : Escale prend le port ${PORT + 1}.`);
    other.close();
    const second = start();
    await vi.waitFor(() => expect(second.output).toContain('le serveur attend sa fin'), { timeout: 10_000 });
    second.child.kill('SIGKILL');
  });

  it('when locked, gives the page’s token only in the printed address', async () => {
    const url = new URL(await address(start('--locked')));
    expect(url.hash).toMatch(/^#token=[\w-]{43}$/);
    const headers = { origin: url.origin, 'sec-fetch-site': 'same-origin' };
    expect((await fetch(`${url.origin}/api/session`, { method: 'POST', headers })).status).toBe(401);
    const authorization = `Bearer ${url.hash.slice('#token='.length)}`;
    expect((await fetch(`${url.origin}/api/files/tree`, { headers: { authorization } })).status).toBe(503);
    expect(readFileSync(join(dir, 'escale.log'), 'utf8')).not.toContain(url.hash.slice('#token='.length));
  });

  it('logs what the configuration asks for: a request to the site is told to whoever debugs only', async () => {
    const log = () => readFileSync(join(dir, 'escale.log'), 'utf8');
    writeFileSync(join(dir, 'config.json'), '{"logLevel": "debug"}');
    await fetch(`${await address(start())}nowhere`);
    await vi.waitFor(() => expect(log()).toContain('"path":"/nowhere"'));
  });

  it.each([
    [() => writeFileSync(join(dir, 'config.json'), '{"prot": 80}'), [], /« prot ».*n’existe pas\.\nÉcrivez « port »/],
    [() => undefined, ['--locke'], /Options : --port N/],
    [() => undefined, ['--port', '70000'], /« 70000 » n’est pas un port/],
  ])('refuses invalid options and says what to do (%#)', async (prepare, args, said) => {
    prepare();
    const started = start(...args);
    expect((await started.exit)[0]).toBe(64);
    expect(started.output).toMatch(said);
  });
});
