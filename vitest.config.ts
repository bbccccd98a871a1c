import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './tests/support/flaky-reporter.ts'],
    projects: [
      // Test files share their modules, which keep no state: loading them again for each file took longer than the tests.
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // An engine that fails a test now and then makes it flaky, a defect to mend. Unit tests never repeat.
          retry: 1,
          // Tests mostly wait for the engine, so two files run at a time on two cores, each with its own labs.
          maxWorkers: 2,
        },
      },
      // Too long for each landing: whole stacks, started and broken again and again.
      { test: { name: 'course', include: ['tests/course/**/*.test.ts'], testTimeout: 1_800_000, hookTimeout: 900_000, maxWorkers: 1 } },
    ],
  },
});
