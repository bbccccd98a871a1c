import type { Page } from '@playwright/test';
import { z } from 'zod';
import { MIXED } from './support/states.ts';
import { expect, test } from './support/test.ts';

/** What French typography forbids: a plain space before high punctuation, inside quotes or before a unit; a straight apostrophe. */
const WRONG = /[ \u00a0][;:!?»](?!\w)|«[ \u00a0]|\d (?:h|min|Go|Mo|ko|s|ms|%)(?![\p{L}\d])|\p{L}'\p{L}/u;

/** Every text of the page except code: visible text, and text that is only announced or shown by the browser. */
function texts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [document.title];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement?.closest('code, pre, kbd, samp, script, escale-terminal, mark, .picker-note') === null)
        found.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (element.closest('pre, escale-terminal') !== null) continue;
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
    }
    return found;
  });
}

async function expectFrench(page: Page): Promise<void> {
  expect((await texts(page)).filter((text) => WRONG.test(text))).toEqual([]);
}

test.describe('French typography', () => {
  test('of every static page, while code is unchanged', async ({ stage, page, request }) => {
    const lessons = z.array(z.object({ href: z.string() })).parse(await (await request.get(`${stage.origin}/lessons.json`)).json());
    for (const path of ['/', ...lessons.map(({ href }) => href), '/nulle-part/']) {
      await page.goto(`${stage.origin}${path}`, { waitUntil: 'domcontentloaded' });
      await expectFrench(page);
      const code = await page.locator('pre').allTextContents();
      expect(code.filter((text) => text.includes('\u202f'))).toEqual([]);
    }
  });

  test('of texts written by scripts: verdicts, status, palette, keys, progress', async ({ stage, lesson, page }) => {
    stage.workbench.setVerdicts(MIXED);
    const firstMetAt = new Date(2025, 10, 25, 16, 5).toISOString();
    stage.workbench.achievements = [{ criterion: '1.3/image', firstMetAt, last: { verdict: 'not-met', at: firstMetAt } }];
    await page.addInitScript(() => localStorage.setItem('escale.time', JSON.stringify({ at: 1, spent: { '1.3': 5_400_000 } })));
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(page.locator('.clock')).toContainText('1\u00a0h\u00a030');
    await expect(lesson.criterion('1.3/non-root').locator('dl')).toBeVisible();
    await expectFrench(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('a');
    await expect(page.locator('.picker [role="option"]').first()).toBeVisible();
    await expectFrench(page);
    await page.keyboard.press('Escape');
    await expect(page.locator('.picker[open]')).toHaveCount(0);
    await page.keyboard.press('?');
    await expect(page.locator('.shortcuts td').first()).toBeVisible();
    await expectFrench(page);
    await page.keyboard.press('Escape');
    await expect(page.locator('.picker[open]')).toHaveCount(0);
    await page.getByRole('link', { name: 'Escale' }).click();
    await page.locator('.parts [data-task="1.3"] summary').click();
    await expect(page.locator('[data-announced="1.3/image"]')).toContainText('le 25\u00a0nov.\u00a02025 à 16\u00a0h\u00a005');
    await expectFrench(page);
  });
});
