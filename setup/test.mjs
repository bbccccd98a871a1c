#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Board, seconds } from './lib/board.mjs';
import { chromium } from './lib/chromium.mjs';
import { ROOT } from './lib/paths.mjs';
import { prepareEngine, prepareRuntime, prepareSite } from './lib/prepare.mjs';
import { runCommand } from './lib/run-command.mjs';
import { honest, sum } from './lib/tally.mjs';
import { chosenParts, outputTo, testParts } from './lib/test-parts.mjs';

/** @typedef {import('./lib/tally.mjs').Tally & { name: string, tookMs: number }} Result */

/** Set once the user interrupts: what runs is ended, what is left is not begun, and what was made is still cleaned up. */
let interrupted = false;
/** @type {import('node:child_process').ChildProcess | null} */
let running = null;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill('SIGTERM');
  });
}

await runCommand(test);

/** `npm test`: prepares the machine as `npm start` does, then runs every check there is, or those that were named. */
async function test() {
  const reports = join(ROOT, 'test-results');
  const parts = chosenParts(testParts(reports), process.argv.slice(2));
  const { runtime, dockerHost, browser } = await prepare(new Board(process.stdout));
  const state = mkdtempSync(join(tmpdir(), 'escale-test-'));
  mkdirSync(reports, { recursive: true });
  const env = { ...runtime.env, DOCKER_HOST: dockerHost, CHROMIUM_PATH: browser, ESCALE_STATE: state };
  /** @type {Result[]} */
  const results = [];
  try {
    for (const part of parts) {
      if (interrupted) break;
      results.push(await runPart(part, runtime.node, env));
    }
  } finally {
    interrupted = false;
    const words = ['clean', '--yes', '--state', state];
    await play({ id: 'clean', name: 'Rangement', args: [join(ROOT, 'setup', 'escale.mjs'), ...words] }, runtime.node, env);
    rmSync(state, { recursive: true, force: true });
  }
  return report(results, parts.length);
}

/** @param {Board} board */
async function prepare(board) {
  // One package manager at a time: the browser comes after the engine, both beside npm.
  const machine = (async () => {
    const dockerHost = await prepareEngine(board);
    return { dockerHost, browser: await board.step('Chromium', chromium) };
  })();
  const project = (async () => {
    const runtime = await prepareRuntime(board);
    await prepareSite(board, runtime);
    return { runtime };
  })();
  const [first, second] = await Promise.allSettled([machine, project]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return { ...first.value, ...second.value };
}

/** @param {import('./lib/test-parts.mjs').Part} part @param {string} node @param {NodeJS.ProcessEnv} env @returns {Promise<Result>} */
async function runPart(part, node, env) {
  process.stdout.write(`\n── ${part.name}\n`);
  const began = performance.now();
  const exit = await play(part, node, env);
  const tally = honest(part.tally?.() ?? { passed: exit === 0 ? 1 : 0, failed: 0 }, exit);
  const tookMs = performance.now() - began;
  process.stdout.write(`── ${part.name} : ${tally.passed} passés, ${tally.failed} échoués, ${seconds(tookMs)}\n`);
  return { name: part.name, tookMs, ...tally };
}

/** @param {import('./lib/test-parts.mjs').Part} part @param {string} node @param {NodeJS.ProcessEnv} env @returns {Promise<number>} exit status */
function play(part, node, env) {
  const stdout = outputTo(part.stdout);
  return new Promise((resolve, reject) => {
    running = spawn(node, part.args, { cwd: ROOT, env: { ...env, ...part.env }, stdio: ['ignore', stdout, 'inherit'] });
    running.on('error', reject);
    running.on('exit', (code) => {
      if (typeof stdout === 'number') closeSync(stdout);
      running = null;
      resolve(code ?? 1);
    });
  });
}

/** The last line is the one that machines read. @param {readonly Result[]} results @param {number} wanted how many parts @returns {number} exit status */
function report(results, wanted) {
  process.stdout.write('\n');
  for (const { name, passed, failed, tookMs } of results) {
    const counts = `${passed} passés, ${failed} échoués`;
    process.stdout.write(`  ${failed === 0 ? '✓' : '✗'} ${name.padEnd(28)} ${counts.padEnd(30)} ${seconds(tookMs).padStart(9)}\n`);
  }
  const total = sum(results);
  const cut = results.length < wanted;
  if (cut) process.stdout.write('  Interrompu : tout n’a pas été essayé.\n');
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed > 0 || cut ? 1 : 0;
}
