import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './paths.mjs';

const KEPT_LINES = 30;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] called with each line of both outputs
 * @property {number} [deadlineMs] the program is killed after this time (default: 10 minutes)
 */

/**
 * Runs a program without terminal or input and keeps the last lines of its output. Never throws: the code is 127 for a
 * missing program and 124 after a timeout.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, tail: string[] }>}
 */
export function run(command, args, { cwd = ROOT, env = process.env, onLine, deadlineMs = 600_000 } = {}) {
  return new Promise((resolve) => {
    /** @type {string[]} */
    const tail = [];
    /** @param {string} coloured */
    const keep = (coloured) => {
      const line = stripVTControlCharacters(coloured);
      if (line.trim() === '') return;
      tail.push(line);
      if (tail.length > KEPT_LINES) tail.shift();
      onLine?.(line.trim());
    };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    const timer = setTimeout(() => {
      tail.push(`(arrêté après ${Math.round(deadlineMs / 1000)} s)`);
      child.kill('SIGKILL');
    }, deadlineMs);
    createInterface({ input: child.stdout }).on('line', keep);
    createInterface({ input: child.stderr }).on('line', keep);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, tail: [...tail, error.message] });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? (signal === 'SIGKILL' ? 124 : 128), tail });
    });
  });
}

/**
 * The last lines of a program's output, as the « why » of an error. @param {{ code: number, tail: string[] }} result @param {number}
 * [lines]
 */
export function lastWords(result, lines = 8) {
  return result.tail.slice(-lines).join('\n') || `Le programme a répondu par le code ${result.code}, sans un mot.`;
}
