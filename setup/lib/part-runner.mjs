import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seconds } from './board.mjs';
import { ROOT } from './paths.mjs';
import { honest } from './tally.mjs';

/** @typedef {import('./test-parts.mjs').Part} Part */
/** @typedef {import('./tally.mjs').Tally & { name: string, tookMs: number }} Result */

/** Runs the parts of `npm test` one after the other. A part with `beside` runs at the same time as the part named there. */
export class PartRunner {
  /** @type {Set<import('node:child_process').ChildProcess>} */
  #running = new Set();
  #stopped = false;
  #node;
  #env;
  #reports;

  /** @param {{ node: string, env: NodeJS.ProcessEnv, reports: string }} options */
  constructor({ node, env, reports }) {
    this.#node = node;
    this.#env = env;
    this.#reports = reports;
  }

  /** Ends the running parts; the parts not yet begun are not run. */
  stop() {
    this.#stopped = true;
    for (const child of this.#running) child.kill('SIGTERM');
  }

  /** @param {readonly Part[]} parts @returns {Promise<Result[]>} in the order of the parts; fewer if stopped */
  async run(parts) {
    /** @type {Result[]} */
    const results = [];
    for (const part of parts.filter(({ beside }) => !parts.some(({ id }) => id === beside))) {
      if (this.#stopped) break;
      const others = parts.filter(({ beside }) => beside === part.id).map((other) => this.#quietly(other));
      results.push(await this.#openly(part), ...(await Promise.all(others)));
      for (const other of parts.filter(({ beside }) => beside === part.id)) this.#show(other, results);
    }
    return results;
  }

  /** Prints the part's output directly. @param {Part} part @returns {Promise<Result>} */
  async #openly(part) {
    process.stdout.write(`\n── ${part.name}\n`);
    const result = await this.#result(part, () => this.play(part.args, part));
    process.stdout.write(`${summary(result)}\n`);
    return result;
  }

  /** Writes the part's output to a file, to be shown later. @param {Part} part @returns {Promise<Result>} */
  async #quietly(part) {
    const log = openSync(this.#log(part), 'w');
    try {
      return await this.#result(part, () => this.play(part.args, { ...part, log }));
    } finally {
      closeSync(log);
    }
  }

  /** @param {Part} part @param {readonly Result[]} results */
  #show(part, results) {
    const result = results.find(({ name }) => name === part.name);
    process.stdout.write(`\n── ${part.name}\n${readFileSync(this.#log(part), 'utf8')}${result ? summary(result) : ''}\n`);
  }

  /** @param {Part} part */
  #log(part) {
    return join(this.#reports, `${part.id}.log`);
  }

  /** @param {Part} part @param {() => Promise<number>} play @returns {Promise<Result>} */
  async #result(part, play) {
    const began = performance.now();
    const exit = await play();
    const tally = honest(part.tally?.() ?? { passed: exit === 0 ? 1 : 0, failed: 0, flaky: [] }, exit);
    return { name: part.name, tookMs: performance.now() - began, ...tally };
  }

  /**
   * Runs a program of the project without input; resolves to its exit status.
   * @param {readonly string[]} args
   * @param {{ stdout?: string, log?: number, env?: NodeJS.ProcessEnv }} [how] `stdout`: a file for its standard output; `log`: an open file descriptor for the rest
   * @returns {Promise<number>}
   */
  play(args, { stdout, log, env } = {}) {
    const file = stdout === undefined ? null : openSync(stdout, 'w');
    return new Promise((resolve, reject) => {
      const rest = log ?? 'inherit';
      const child = spawn(this.#node, args, { cwd: ROOT, env: { ...this.#env, ...env }, stdio: ['ignore', file ?? rest, rest] });
      this.#running.add(child);
      child.on('error', reject);
      child.on('exit', (code) => {
        if (file !== null) closeSync(file);
        this.#running.delete(child);
        resolve(code ?? 1);
      });
    });
  }
}

/** @param {Result} result */
function summary({ name, passed, failed, tookMs }) {
  return `── ${name} : ${passed} passés, ${failed} échoués, ${seconds(tookMs)}`;
}
