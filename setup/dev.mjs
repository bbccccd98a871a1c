#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Board } from './lib/board.mjs';
import { freePort } from './lib/free-port.mjs';
import { ROOT } from './lib/paths.mjs';
import { prepareEngine, prepareRuntime } from './lib/prepare.mjs';
import { runCommand } from './lib/run-command.mjs';
import { setupMode } from './lib/setup-mode.mjs';

/**
 * `npm run dev`: Astro's development server in front, which reloads changed pages and forwards `/api` and `/ws` to the server behind it.
 * Node restarts the server when one of its files changes. Neither restarts the other.
 */
await runCommand(async () => {
  setupMode();
  const board = new Board();
  const engine = prepareEngine(board).catch(() => null);
  const { node, env } = await prepareRuntime(board);
  const dockerHost = await engine;
  const sitePort = await freePort(4321);
  const serverPort = await freePort(sitePort + 1);
  const origin = `http://localhost:${sitePort}`;
  const shared = { ...env, ...(dockerHost ? { DOCKER_HOST: dockerHost } : {}) };
  const server = [
    '--watch',
    '--watch-preserve-output',
    join(ROOT, 'server', 'main.ts'),
    '--port',
    String(serverPort),
    '--public-port',
    String(sitePort),
    '--keep-labs',
  ];
  const astro = [join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'dev', '--port', String(sitePort)];
  board.say(`Le site en développement : ${origin} (le serveur derrière lui : port ${serverPort}). Les labos continuent après Ctrl-C.`);
  return together([
    spawn(node, server, { cwd: ROOT, env: shared, stdio: 'inherit' }),
    spawn(node, astro, { cwd: ROOT, env: { ...shared, ESCALE_SERVER: `http://127.0.0.1:${serverPort}` }, stdio: 'inherit' }),
  ]);
});

/**
 * Waits for all children; when one ends, sends SIGTERM to the others.
 * @param {readonly import('node:child_process').ChildProcess[]} children
 * @returns {Promise<number>}
 */
async function together(children) {
  const stop = () => {
    for (const child of children) if (child.exitCode === null) child.kill('SIGTERM');
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop);
  const codes = await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) => {
          child.on('exit', (code) => {
            stop();
            resolve(code ?? 0);
          });
        }),
    ),
  );
  return Math.max(...codes);
}
