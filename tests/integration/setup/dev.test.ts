import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readServerFile } from '../../../server/state/server-file.ts';
import { openStateFolder } from '../../../server/state/state-folder.ts';

const ROOT = join(import.meta.dirname, '../../..');
const home = mkdtempSync(join(tmpdir(), 'escale-dev-'));
/** A copy of the project, so that the test never changes the tree under test. */
const copy = join(home, 'escale');
const folder = openStateFolder(join(home, 'state'));
const WAIT = { timeout: 60_000, interval: 250 };

let dev: ChildProcess;
let output = '';

beforeAll(async () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) cpSync(join(ROOT, file), join(copy, file), { verbatimSymlinks: true });
  // Hard links: they take no space. What npm does in the copy stays in the copy.
  for (const installed of ['node_modules', '.toolchain']) execFileSync('cp', ['-al', join(ROOT, installed), copy]);
  // Astro and Vite behave differently under a test runner, so its variables are removed. The compile cache is removed with the copy.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(NODE_ENV|NODE_COMPILE_CACHE|VITE|VITEST.*|TEST|DEV|PROD|MODE|SSR|BASE_URL)$/.test(name),
    ),
  );
  dev = spawn(process.execPath, [join(copy, 'setup/dev.mjs')], {
    env: { ...env, ESCALE_STATE: folder.dir, ESCALE_SETUP: 'never', DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [dev.stdout, dev.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  await vi.waitFor(async () => expect(await page('/fr/1.3/')).toContain('Dockerfile'), WAIT);
  await vi.waitFor(() => expect(readServerFile(folder)).not.toBeNull(), WAIT);
});

afterAll(async () => {
  if (dev.exitCode === null) {
    const exit = once(dev, 'exit');
    process.kill(-Number(dev.pid), 'SIGTERM');
    await exit;
  }
  rmSync(home, { recursive: true, force: true });
});

function origin(): string {
  return /développement : (http:\/\/localhost:\d+)/.exec(output)?.[1] ?? 'http://localhost:1';
}

async function page(path: string): Promise<string> {
  const answer = await fetch(origin() + path, { signal: AbortSignal.timeout(20_000) });
  if (!answer.ok) throw new Error(`${answer.status}: ${output.slice(-1000)}`);
  return answer.text();
}

it('shows a changed lesson without a restart', async () => {
  const lesson = join(copy, 'content/fr/1/1.3.mdx');
  writeFileSync(lesson, readFileSync(lesson, 'utf8').replace('## Pourquoi', '## Pourquoi\n\nUne phrase toute neuve.'));
  await vi.waitFor(async () => expect(await page('/fr/1.3/')).toContain('Une phrase toute neuve.'), WAIT);
});

it('restarts only the server when a criterion changes', async () => {
  const before = readServerFile(folder)?.pid;
  appendFileSync(join(copy, 'server/checkpoints/tasks/1.3/slim-base.ts'), '\n');
  await vi.waitFor(() => expect(readServerFile(folder)?.pid ?? before).not.toBe(before), WAIT);
  await vi.waitFor(async () => expect(await page('/healthz')).toBeTruthy(), WAIT);
  expect(await page('/fr/1.3/')).toContain('Une phrase toute neuve.');
});
