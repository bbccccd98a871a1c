import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { honest, lessonTally, playwrightTally, sum, vitestTally } from '../../../setup/lib/tally.mjs';
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
    expect(vitestTally(file({ numPassedTests: 5, numFailedTests: 1, testResults }))).toEqual({ passed: 5, failed: 2 });
  });

  it('counts the results that Playwright expected, and its errors outside of tests', () => {
    expect(playwrightTally(file({ stats: { expected: 4, unexpected: 1, flaky: 0 }, errors: [{}] }))).toEqual({ passed: 4, failed: 2 });
  });

  it('counts starter, solution, each mistake and each variant of a lesson', () => {
    const task = { starter: { ok: true }, solution: { ok: true }, mistakes: [{ ok: true }, { ok: false }], variants: [{ ok: true }] };
    expect(lessonTally(file({ tasks: [task], wrong: 1 }))).toEqual({ passed: 4, failed: 1 });
  });

  it('counts a missing, truncated or foreign report as a failure', () => {
    for (const report of ['/nowhere.json', file('{"cut'), file({ error: { code: 'x' } })])
      expect(lessonTally(report)).toEqual({ passed: 0, failed: 1 });
    expect(vitestTally('/nowhere.json')).toEqual({ passed: 0, failed: 1 });
  });

  it('never hides an exit status', () => {
    expect(honest({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(honest({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
    expect(
      sum([
        { passed: 1, failed: 0 },
        { passed: 2, failed: 3 },
      ]),
    ).toEqual({ passed: 3, failed: 3 });
  });
});
