import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { escaleIn, temporaryState } from './escale.ts';

const state = temporaryState();
const { run, json } = escaleIn(state);
const main = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));
let server: ChildProcess;

/** Once it listens. */
function servedPort(): Promise<number> {
  return vi.waitFor(() => JSON.parse(readFileSync(join(state, 'server.json'), 'utf8')).port, { timeout: 10_000 });
}

beforeAll(async () => {
  server = spawn(process.execPath, [main, '--port', '4731', '--state', state], { stdio: 'ignore' });
  await servedPort();
});

afterAll(async () => {
  if (server.exitCode === null && server.signalCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  await run(['clean', '--yes']);
});

describe('the command line with a running server', () => {
  it('uses the server: the same verbs, the same replies', async () => {
    const { lab, state: reached } = await json(['lab', 'start']);
    expect(reached).toBe('ready');
    const name = String(lab);
    expect(await run(['lab', 'exec', name, '--', 'sh', '-c', 'cat; exit 5'], 'par le serveur')).toMatchObject({
      exit: 5,
      stdout: 'par le serveur',
    });
    expect(await json(['lab', 'stop', name])).toMatchObject({ lab, state: 'stopped' });
    expect(await json(['lab', 'remove', name])).toEqual({ lab, removed: true });
    expect(await json(['lab', 'stop', name], 64)).toMatchObject({ error: { code: 'lab.unknown' } });
  });

  it('tells the doctor where the server listens', async () => {
    const { items } = await json(['doctor']);
    expect(items).toContainEqual(expect.objectContaining({ id: 'port', observed: expect.stringContaining(`:${await servedPort()}`) }));
  });

  it('refuses to clean while the server runs', async () => {
    expect(await json(['clean', '--yes'], 69)).toMatchObject({ error: { code: 'state.busy' } });
    expect(server.exitCode ?? server.signalCode).toBeNull();
  });

  it('works without the server when only the files of a killed server are left', async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
    expect(await json(['lab', 'list'])).toHaveProperty('labs');
  });
});
