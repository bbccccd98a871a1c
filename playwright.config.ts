import { defineConfig } from '@playwright/test';

/** The site must be built first (`npm test` does it). The browser is Debian's, or the one at `CHROMIUM_PATH`. */
export default defineConfig({
  testDir: './tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: './test-results/browser',
  fullyParallel: false,
  // Two files run at a time: the course's test mostly waits.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // One that passes only then is told as flaky, a defect to mend.
  retries: 1,
  reporter: [['list'], ['./tests/support/flaky-playwright-reporter.ts']],
  use: {
    browserName: 'chromium',
    locale: 'fr-FR',
    viewport: { width: 1440, height: 900 },
    // Without screenshots: without a graphics card, taking them keeps a processor busy.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Enables WebGL for the test that needs it. The page itself is drawn without it, as a browser without a graphics card does.
        '--enable-unsafe-swiftshader',
      ],
    },
  },
});
