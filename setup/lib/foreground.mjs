import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './paths.mjs';

/**
 * Runs a program on our terminal until it ends; resolves to its exit status. Forwards SIGINT, SIGTERM and SIGHUP and waits for its
 * end. It has a process group of its own, so that Ctrl-C reaches it once, through us. With `sharesTerminal` it reads the keyboard
 * and gets Ctrl-C from the terminal itself. `onMessage` gets what it sends by `process.send`; if we are killed, the program
 * sees that channel close.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd?: string, sharesTerminal?: boolean, onMessage?: (message: unknown) => void }} options
 * @returns {Promise<number>}
 */
export function foreground(command, args, { env, cwd = ROOT, sharesTerminal = false, onMessage }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: onMessage ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
      detached: !sharesTerminal && process.platform !== 'win32',
    });
    const release = passSignals(child, sharesTerminal);
    if (onMessage) child.on('message', onMessage);
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      release();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child @param {boolean} sharesTerminal */
function passSignals(child, sharesTerminal) {
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal);
  const ignore = () => undefined;
  const handlers = /** @type {const} */ ([
    ['SIGINT', sharesTerminal ? ignore : pass],
    ['SIGTERM', pass],
    ['SIGHUP', pass],
  ]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}
