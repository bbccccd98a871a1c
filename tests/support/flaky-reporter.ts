import type { Reporter, TestCase } from 'vitest/node';
import { flakyLines } from '../../setup/lib/flaky.mjs';

declare module 'vitest' {
  interface TaskMeta {
    /** It failed, was repeated, and passed. */
    flaky?: true;
  }
}

/** Prints which tests passed only when they were repeated, and marks them for vitest's JSON report, which does not tell of them by itself. */
export default class FlakyReporter implements Reporter {
  readonly #names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (!test.diagnostic()?.flaky) return;
    test.meta().flaky = true;
    this.#names.push(`${test.module.relativeModuleId} › ${test.fullName.replaceAll(' > ', ' › ')}`);
  }

  onTestRunEnd(): void {
    process.stdout.write(`${flakyLines(this.#names)}\n`);
  }
}
