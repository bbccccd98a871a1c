import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Tally */

/**
 * Counts a part that failed without naming a test (it crashed, or wrote no report) as one failure. @param {Tally} tally @param {number}
 * exit @returns {Tally}
 */
export function honest(tally, exit) {
  return exit !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  return tallies.reduce((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }), { passed: 0, failed: 0 });
}

/**
 * Reads the report of vitest's JSON reporter. A file that could not be loaded counts as failed, although it has no failed test. @param
 * {string} file @returns {Tally}
 */
export function vitestTally(file) {
  const report = read(file);
  if (!report) return { passed: 0, failed: 1 };
  const broken = list(report.testResults).filter((suite) => suite.status === 'failed' && list(suite.assertionResults).length === 0);
  return { passed: number(report.numPassedTests), failed: number(report.numFailedTests) + broken.length };
}

/** Reads the report of Playwright's JSON reporter. @param {string} file @returns {Tally} */
export function playwrightTally(file) {
  const report = read(file);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats ?? {};
  return { passed: number(expected) + number(flaky), failed: number(unexpected) + list(report.errors).length };
}

/**
 * Reads the output of `escale lesson test --json`: for each task its starter, its solution, and each mistake and variant that was played.
 * @param {string} file @returns {Tally}
 */
export function lessonTally(file) {
  const report = read(file);
  if (!report || !Array.isArray(report.tasks)) return { passed: 0, failed: 1 };
  const results = report.tasks
    .flatMap((/** @type {any} */ task) => [task.starter, task.solution, ...list(task.mistakes), ...list(task.variants)])
    .filter(Boolean);
  const passed = results.filter((/** @type {any} */ result) => result.ok === true).length;
  return { passed, failed: results.length - passed };
}

/** @param {string} file @returns {any} */
function read(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @param {unknown} value */
const number = (value) => (typeof value === 'number' ? value : 0);

/** @param {unknown} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);
