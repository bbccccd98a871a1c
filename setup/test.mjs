#!/usr/bin/env node
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Board, seconds } from './lib/board.mjs';
import { chromium } from './lib/chromium.mjs';
import { flakyLines } from './lib/flaky.mjs';
import { PartRunner } from './lib/part-runner.mjs';
import { ROOT } from './lib/paths.mjs';
import { prepareEngine, prepareRuntime, prepareSite } from './lib/prepare.mjs';
import { runCommand } from './lib/run-command.mjs';
import { setupMode } from './lib/setup-mode.mjs';
import { sum } from './lib/tally.mjs';
import { chosenParts, testParts } from './lib/test-parts.mjs';

await runCommand(test);

/** `npm test`: prepares the machine as `npm start` does, then runs all checks, or those named as arguments. */
async function test() {
  setupMode();
  const reports = join(ROOT, 'test-results');
  const parts = chosenParts(testParts(reports), process.argv.slice(2));
  const { runtime, dockerHost, browser } = await prepare(new Board(process.stdout));
  // Reports of an earlier run must not be read as reports of this run.
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const state = mkdtempSync(join(tmpdir(), 'escale-test-'));
  const env = { ...runtime.env, DOCKER_HOST: dockerHost, CHROMIUM_PATH: browser, ESCALE_STATE: state };
  const runner = new PartRunner({ node: runtime.node, env, reports });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => runner.stop());
  const results = await runner.run(parts).finally(() => tidy(runner, { reports, state }));
  return report(results, parts.length);
}

/**
 * Removes what the parts created, identified by their state folder. @param {PartRunner} runner @param {{ reports: string, state: string }}
 * where
 */
async function tidy(runner, { reports, state }) {
  const log = openSync(join(reports, 'clean.log'), 'w');
  const exit = await runner.play([join(ROOT, 'setup', 'escale.mjs'), 'clean', '--yes', '--state', state], { log });
  closeSync(log);
  if (exit !== 0) process.stdout.write(`\nLe rangement n’a pas abouti : ${join(reports, 'clean.log')}\n`);
  rmSync(state, { recursive: true, force: true });
}

/** @param {Board} board */
async function prepare(board) {
  // One package manager at a time: the browser comes after the engine. Both run in parallel with npm.
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

/**
 * Prints the results; the last line is for scripts.
 * @param {readonly import('./lib/part-runner.mjs').Result[]} results
 * @param {number} wanted number of parts that should have run
 * @returns {number} exit status
 */
function report(results, wanted) {
  process.stdout.write('\n');
  for (const { name, passed, failed, tookMs } of results) {
    const counts = `${passed} passés, ${failed} échoués`;
    process.stdout.write(`  ${failed === 0 ? '✓' : '✗'} ${name.padEnd(28)} ${counts.padEnd(30)} ${seconds(tookMs).padStart(9)}\n`);
  }
  const total = sum(results);
  const cut = results.length < wanted;
  if (cut) process.stdout.write('  Interrompu : tout n’a pas été essayé.\n');
  process.stdout.write(`${flakyLines(total.flaky)}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed > 0 || cut ? 1 : 0;
}
