import { defineConfig } from '@playwright/test';

/** The site is built before (`npm test` does it); the browser is Debian's, or the one that `CHROMIUM_PATH` names. */
export default defineConfig({
  testDir: './tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: './test-results/browser',
  fullyParallel: false,
  // One file beside another: the course's test waits most of its time.
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
    // Without its film, which keeps a processor busy where there is no graphics card.
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
        // WebGL for the test that wants it; the page itself is drawn as a browser without a graphics card chooses.
        '--enable-unsafe-swiftshader',
      ],
    },
  },
});
