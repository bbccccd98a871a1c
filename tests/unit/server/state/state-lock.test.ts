import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStateFolder, type StateFolder } from '../../../../server/state/state-folder.ts';
import { lockHolder, tryLockState } from '../../../../server/state/state-lock.ts';

let folder: StateFolder;
beforeEach(() => {
  folder = openStateFolder(mkdtempSync(join(tmpdir(), 'escale-state-')));
});
afterEach(() => rmSync(folder.dir, { recursive: true, force: true }));

const LOCK_AND_WAIT = `
  import { openStateFolder } from './server/state/state-folder.ts';
  import { tryLockState } from './server/state/state-lock.ts';
  tryLockState(openStateFolder(process.argv[1]), 'test');
  console.log('locked');
  setInterval(() => {}, 1000);
`;

describe('the lock of a state folder', () => {
  it('is held by one process at a time, and can be acquired again once released', () => {
    const lock = tryLockState(folder, 'serve');
    expect(lock).not.toBeNull();
    expect(tryLockState(folder, 'check')).toBeNull();
    expect(lockHolder(folder)).toEqual({ pid: process.pid, purpose: 'serve' });
    lock?.release();
    lock?.release();
    const second = tryLockState(folder, 'check');
    expect(second).not.toBeNull();
    second?.release();
  });

  it('is released when the process that holds it is killed', async () => {
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', LOCK_AND_WAIT, folder.dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(tryLockState(folder, 'serve')).toBeNull();
    expect(lockHolder(folder)?.pid).toBe(holder.pid);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = tryLockState(folder, 'serve');
    expect(lock).not.toBeNull();
    lock?.release();
  });
});
