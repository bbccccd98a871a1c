import { SetupError } from './setup-error.mjs';

const NAME_WIDTH = 26;
const QUIET_PROGRESS_MS = 5000;

/** « 12,3 s ». @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1).replace('.', ',')} s`;
}

/** Prints what happened, why, and what to do. @param {SetupError} error */
export function explain(error) {
  const indent = /** @param {string} text */ (text) => text.trim().replaceAll('\n', '\n      ');
  return [
    `    Ce qui s’est passé : ${indent(error.message)}`,
    `    Pourquoi : ${indent(error.why)}`,
    `    Que faire : ${indent(error.mend)}`,
  ].join('\n');
}

/**
 * @typedef {object} Step
 * @property {(line: string) => void} progress shows a line of progress, replacing the one before
 * @property {(text: string) => void} result sets a few words for the line of the finished step
 */

/**
 * Shows the steps of the preparation. Each step prints one line when it ends. While steps run, their latest progress is shown: on a
 * terminal in one line that is redrawn, elsewhere in a new line now and then. Steps may overlap.
 */
export class Board {
  /** @type {Map<string, string>} */
  #running = new Map();
  #lastQuietLine = 0;
  #drawn = false;
  #out;

  /** @param {NodeJS.WriteStream} [out] */
  constructor(out = process.stderr) {
    this.#out = out;
  }

  /**
   * Runs one step. `already` answers quickly whether there is nothing to do, in a few words, or null.
   * @template T
   * @param {string} name
   * @param {(step: Step) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(name, work) {
    const began = performance.now();
    let result = '';
    this.#running.set(name, '');
    if (!this.#out.isTTY) this.#lastQuietLine = Math.max(this.#lastQuietLine, began - QUIET_PROGRESS_MS + 1000);
    try {
      const value = await work({
        progress: (line) => this.#progress(name, line),
        result: (text) => {
          result = text;
        },
      });
      this.#running.delete(name);
      this.#line(`  ✓ ${name.padEnd(NAME_WIDTH)} ${result.padEnd(36)} ${seconds(performance.now() - began).padStart(8)}`);
      return value;
    } catch (thrown) {
      const error = SetupError.from(thrown);
      this.#running.delete(name);
      this.#line(`  ✗ ${name.padEnd(NAME_WIDTH)} ${''.padEnd(36)} ${seconds(performance.now() - began).padStart(8)}\n${explain(error)}`);
      error.shown = true;
      throw error;
    }
  }

  /** Prints a line between steps. @param {string} text */
  say(text) {
    this.#line(text);
  }

  /** @param {string} name @param {string} line */
  #progress(name, line) {
    this.#running.set(name, line);
    if (this.#out.isTTY) {
      this.#draw();
    } else if (performance.now() - this.#lastQuietLine > QUIET_PROGRESS_MS) {
      this.#lastQuietLine = performance.now();
      this.#out.write(`  … ${name} : ${line.slice(0, 110)}\n`);
    }
  }

  #draw() {
    const width = (this.#out.columns ?? 80) - 1;
    const text = [...this.#running].map(([name, line]) => (line ? `${name} : ${line}` : name)).join('  ·  ');
    this.#out.write(`\r\x1b[2K${`  … ${text}`.slice(0, width)}`);
    this.#drawn = true;
  }

  /** @param {string} text */
  #line(text) {
    if (this.#drawn) this.#out.write('\r\x1b[2K');
    this.#drawn = false;
    this.#out.write(`${text}\n`);
    if (this.#out.isTTY && this.#running.size > 0) this.#draw();
  }
}
