import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { labImage } from '../integration/labs/test-lab.ts';
import { bootGuest } from './boot-guest.ts';
import { makeGuest } from './guest-disk.ts';
import { guestImage } from './guest-image.ts';

/** These tests run in a virtual machine whose kernel has cgroup v2 only: a lab's engine, and the escape attempts. */
const TESTS = ['tests/integration/labs/lab-engine.test.ts', 'tests/integration/labs/escapes.test.ts'];
const DEADLINE_MS = 90 * 60_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const missing = await whatIsMissing();
  if (missing !== null) {
    console.error(missing);
    return 69;
  }
  const begin = performance.now();
  const minutes = (): string => `${((performance.now() - begin) / 60_000).toFixed(1)} min`;
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const folder = await mkdtemp(join(tmpdir(), 'escale-cgroup2-'));
  try {
    const system = await guestImage(signal);
    const lab = await labImage();
    console.log('The guest’s disk …');
    const guest = await makeGuest(folder, { system, labImage: lab, tests: TESTS });
    console.log(`The guest starts, after ${minutes()}.`);
    const code = await bootGuest(guest, signal);
    console.log(`${code === null ? 'The guest ended without a result' : `The tests in the guest ended with ${code}`}, after ${minutes()}.`);
    return code ?? 70;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function whatIsMissing(): Promise<string | null> {
  if (process.getuid?.() !== 0 || process.arch !== 'x64')
    return 'This test makes a disk as root, for a guest of its own kind: run it as root on amd64.';
  const run = promisify(execFile);
  try {
    await run('qemu-system-x86_64', ['--version']);
    await run('mke2fs', ['-V']);
    return null;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return 'qemu-system-x86_64 or mke2fs is missing: apt-get install --no-install-recommends qemu-system-x86 e2fsprogs.';
  }
}
