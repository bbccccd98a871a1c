import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { LessonPage } from './lesson-page.ts';
import { Stage } from './stage.ts';

interface Fixtures {
  readonly stage: Stage;
  readonly lesson: LessonPage;
}

/** Every test runs on the built site under the server's content security policy, and fails on any violation or page error. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
  stage: async ({}, use) => {
    const stage = await Stage.open();
    await use(stage);
    await stage.close();
  },
  lesson: async ({ page }, use) => {
    const wrong = await watchForFaults(page);
    await use(new LessonPage(page));
    expect(await wrong()).toEqual([]);
  },
});

/** Collects page errors and violations from now on; the returned function gives those so far. */
export async function watchForFaults(page: Page): Promise<() => Promise<string[]>> {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  await page.exposeFunction('escaleViolation', (text: string) => faults.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell: unknown = Reflect.get(window, 'escaleViolation');
      if (typeof tell === 'function') tell(`violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}`);
    });
  });
  return async () => {
    // Violations are reported with a short delay.
    await twoFrames(page).catch(() => undefined);
    return faults;
  };
}

/** Checks the page against WCAG A and AA. xterm's screen is hidden from axe or a canvas; its text is in a live region. */
export async function expectAccessible(page: Page): Promise<void> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
}

/** Waits until no colour transition runs: colours in between belong to no state. */
async function settled(page: Page): Promise<void> {
  await twoFrames(page);
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.allSettled(finite.map((one) => one.finished));
  });
}

async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  });
}

export { expect };
