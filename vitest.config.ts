import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './tests/support/flaky-reporter.ts'],
    projects: [
      // Files share their modules, which none of them keeps anything in: loading them anew for each took longer than the tests.
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false } },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // What an engine does now and then is told as flaky, a defect to mend. Unit tests never repeat.
          retry: 1,
          // A test waits for the engine more than it computes: two go side by side on two cores, each file with labs of its own.
          maxWorkers: 2,
        },
      },
    ],
  },
});
