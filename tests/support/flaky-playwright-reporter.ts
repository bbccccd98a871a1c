import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { flakyLines } from '../../setup/lib/flaky.mjs';

/** Prints which tests passed only when they were repeated. */
export default class FlakyPlaywrightReporter implements Reporter {
  #tests: Suite | undefined;

  onBegin(_config: FullConfig, tests: Suite): void {
    this.#tests = tests;
  }

  onEnd(): void {
    const flaky = (this.#tests?.allTests() ?? []).filter((test) => test.outcome() === 'flaky');
    const names = flaky.map((test) => test.titlePath().filter(Boolean).join(' › '));
    process.stdout.write(`${flakyLines(names)}\n`);
  }
}
