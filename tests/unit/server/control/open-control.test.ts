import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openControl } from '../../../../server/control/open-control.ts';
import { readEnvironment } from '../../../../server/environment.ts';
import { writeServerFile } from '../../../../server/state/server-file.ts';
import { openStateFolder, type StateFolder } from '../../../../server/state/state-folder.ts';
import { tryLockState } from '../../../../server/state/state-lock.ts';
import { fakeLabs } from '../fakes/fake-labs.ts';
import { Served } from '../fakes/served.ts';

let folder: StateFolder;
const environment = readEnvironment({ HOME: '/nowhere', DOCKER_HOST: 'unix:///nowhere/docker.sock' });
beforeEach(() => {
  folder = openStateFolder(mkdtempSync(join(tmpdir(), 'escale-control-')));
});
afterEach(() => rmSync(folder.dir, { recursive: true, force: true }));

describe('the command line’s control', () => {
  it('is local when no server runs, for one command at a time', async () => {
    const first = await openControl({ stateDir: folder.dir, environment });
    expect(first.via).toBe('local');
    await expect(first.labs.list()).rejects.toMatchObject({
      code: 'engine.unreachable',
      exitStatus: 69,
      message: expect.stringContaining('/nowhere/docker.sock'),
    });
    const told = vi.fn();
    const second = openControl({ stateDir: folder.dir, environment, onProgress: told });
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
    await first.close();
    await (await second).close();
  });

  it('is the server of the folder when it runs', async () => {
    const served = await Served.open({ labs: fakeLabs() });
    const lock = tryLockState(folder, 'serveur');
    writeServerFile(folder, { pid: process.pid, port: served.port, token: served.control.value });
    const control = await openControl({ stateDir: folder.dir, environment });
    expect([control.via, await control.labs.list()]).toEqual(['server', []]);
    await control.close();
    lock?.release();
    await served.close();
  });

  it('ignores the file that a killed server left behind', async () => {
    writeServerFile(folder, { pid: 1, port: 1, token: 'x'.repeat(43) });
    const control = await openControl({ stateDir: folder.dir, environment });
    expect(control.via).toBe('local');
    await control.close();
  });

  it('stops waiting when interrupted', async () => {
    const lock = tryLockState(folder, 'serveur');
    await expect(openControl({ stateDir: folder.dir, environment, signal: AbortSignal.timeout(50) })).rejects.toThrow();
    lock?.release();
  });
});
