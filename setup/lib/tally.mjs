import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * `flaky`: names of those that failed, were repeated once and then passed; each is one of `passed`.
 * @typedef {{ passed: number, failed: number, flaky: string[] }} Tally
 */

/**
 * Counts a part that failed without naming a test (it crashed, or wrote no report) as one failure. @param {Tally} tally @param {number}
 * exit @returns {Tally}
 */
export function honest(tally, exit) {
  return exit !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  const add = (/** @type {Tally} */ all, /** @type {Tally} */ one) => ({
    passed: all.passed + one.passed,
    failed: all.failed + one.failed,
    flaky: [...all.flaky, ...one.flaky],
  });
  return tallies.reduce(add, { passed: 0, failed: 0, flaky: [] });
}

/**
 * Reads the report of vitest's JSON reporter. A file that could not be loaded counts as failed, although it has no failed test. @param
 * {string} file @returns {Tally}
 */
export function vitestTally(file) {
  const report = read(file);
  if (!report) return { passed: 0, failed: 1, flaky: [] };
  const broken = list(report.testResults).filter((suite) => suite.status === 'failed' && list(suite.assertionResults).length === 0);
  const flaky = list(report.testResults).flatMap((file) =>
    list(file.assertionResults)
      .filter((test) => test.meta?.flaky === true)
      .map((test) => named(relative(ROOT, file.name), [...list(test.ancestorTitles), test.title])),
  );
  return { passed: number(report.numPassedTests), failed: number(report.numFailedTests) + broken.length, flaky };
}

/** Reads the report of Playwright's JSON reporter. @param {string} file @returns {Tally} */
export function playwrightTally(file) {
  const report = read(file);
  if (!report) return { passed: 0, failed: 1, flaky: [] };
  const { expected, unexpected, flaky } = report.stats ?? {};
  const names = list(report.suites).flatMap((file) => flakySpecs(file, []));
  return { passed: number(expected) + number(flaky), failed: number(unexpected) + list(report.errors).length, flaky: names };
}

/** @param {any} suite of Playwright's report, a file or a group in one @param {readonly string[]} above titles of the groups it stands in @returns {string[]} */
function flakySpecs(suite, above) {
  const flaky = list(suite.specs).filter((spec) => list(spec.tests).some(({ status }) => status === 'flaky'));
  return [
    ...flaky.map((spec) => named(spec.file, [...above, spec.title])),
    ...list(suite.suites).flatMap((group) => flakySpecs(group, [...above, group.title])),
  ];
}

/**
 * Reads the output of `escale lesson test --json`: for each task its starter, its solution, and each mistake and variant that was played.
 * @param {string} file @returns {Tally}
 */
export function lessonTally(file) {
  const report = read(file);
  if (!report || !Array.isArray(report.tasks)) return { passed: 0, failed: 1, flaky: [] };
  const results = report.tasks
    .flatMap((/** @type {any} */ task) => [task.starter, task.solution, ...list(task.mistakes), ...list(task.variants)])
    .filter(Boolean);
  const passed = results.filter((/** @type {any} */ result) => result.ok === true).length;
  return { passed, failed: results.length - passed, flaky: list(report.flaky) };
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

/** @param {string} file @param {readonly string[]} titles */
const named = (file, titles) => [file, ...titles].filter((title) => title !== '').join(' › ');

/** @param {unknown} value */
const number = (value) => (typeof value === 'number' ? value : 0);

/** @param {unknown} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);
