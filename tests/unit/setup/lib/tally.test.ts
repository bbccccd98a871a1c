import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flakyLines } from '../../../../setup/lib/flaky.mjs';
import { ROOT } from '../../../../setup/lib/paths.mjs';
import { honest, lessonTally, playwrightTally, sum, vitestTally } from '../../../../setup/lib/tally.mjs';
import { temporaryFolder } from './temporary-folder.ts';

function file(content: unknown): string {
  const path = join(temporaryFolder(), 'report.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('counts of npm test', () => {
  it('counts a test file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    expect(vitestTally(file({ numPassedTests: 5, numFailedTests: 1, testResults }))).toMatchObject({ passed: 5, failed: 2 });
  });

  it('names the tests that passed only when they were repeated, each counted as passed', () => {
    const assertionResults = [
      { status: 'passed', meta: { flaky: true }, ancestorTitles: ['a lab', ''], title: 'starts' },
      { status: 'passed', meta: {}, ancestorTitles: ['a lab'], title: 'stops' },
    ];
    const testResults = [{ name: join(ROOT, 'tests/integration/lab.test.ts'), status: 'passed', assertionResults }];
    expect(vitestTally(file({ numPassedTests: 2, numFailedTests: 0, testResults }))).toEqual({
      passed: 2,
      failed: 0,
      flaky: ['tests/integration/lab.test.ts › a lab › starts'],
    });

    const specs = [
      { title: 'opens', file: 'page.spec.ts', tests: [{ status: 'flaky' }] },
      { title: 'closes', file: 'page.spec.ts', tests: [{ status: 'expected' }] },
    ];
    const suites = [{ title: 'page.spec.ts', specs: [], suites: [{ title: 'the page', specs }] }];
    expect(playwrightTally(file({ stats: { expected: 1, unexpected: 0, flaky: 1 }, suites }))).toEqual({
      passed: 2,
      failed: 0,
      flaky: ['page.spec.ts › the page › opens'],
    });

    const tasks = [{ solution: { ok: true }, mistakes: [], variants: [] }];
    expect(lessonTally(file({ tasks, flaky: ['1.3 solution'], wrong: 0 }))).toEqual({ passed: 1, failed: 0, flaky: ['1.3 solution'] });
    expect(flakyLines(['1.3 solution'])).toBe('flaky: 1\n  1.3 solution');
    expect(flakyLines([])).toBe('flaky: 0');
  });

  it('counts what Playwright expected, and its errors outside of tests', () => {
    expect(playwrightTally(file({ stats: { expected: 4, unexpected: 1, flaky: 0 }, errors: [{}] }))).toMatchObject({
      passed: 4,
      failed: 2,
    });
  });

  it('counts starter, solution, each mistake and each variant of a lesson', () => {
    const task = { starter: { ok: true }, solution: { ok: true }, mistakes: [{ ok: true }, { ok: false }], variants: [{ ok: true }] };
    expect(lessonTally(file({ tasks: [task], wrong: 1 }))).toMatchObject({ passed: 4, failed: 1 });
  });

  it('takes a missing, a cut or a foreign report for a failure', () => {
    for (const report of ['/nowhere.json', file('{"cut'), file({ error: { code: 'x' } })])
      expect(lessonTally(report)).toEqual({ passed: 0, failed: 1, flaky: [] });
    expect(vitestTally('/nowhere.json')).toEqual({ passed: 0, failed: 1, flaky: [] });
  });

  it('never hides an exit status', () => {
    expect(honest({ passed: 3, failed: 0, flaky: ['a'] }, 1)).toEqual({ passed: 3, failed: 1, flaky: ['a'] });
    expect(honest({ passed: 3, failed: 2, flaky: [] }, 1)).toEqual({ passed: 3, failed: 2, flaky: [] });
    expect(
      sum([
        { passed: 1, failed: 0, flaky: ['a'] },
        { passed: 2, failed: 3, flaky: ['b'] },
      ]),
    ).toEqual({ passed: 3, failed: 3, flaky: ['a', 'b'] });
  });
});
