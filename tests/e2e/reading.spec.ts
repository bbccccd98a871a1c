import { brotliCompressSync } from 'node:zlib';
import { expect, expectAccessible, test } from './support/test.ts';

/** Maximum size of the page's JavaScript before the workbench opens, compressed. */
const BUDGET_BYTES = 20 * 1024;

test.describe('reading a lesson', () => {
  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test('is complete, with its hints, and without anything that needs the lab', async ({ stage, page }) => {
      await page.goto(`${stage.origin}/fr/1.3/`);
      await expect(page.getByRole('heading', { level: 1 })).toContainText('1.3');
      await expect(page.locator('.lesson')).toBeVisible();
      await expect(page.locator('#labo')).toBeHidden();
      await expect(page.getByRole('button', { name: 'Exécuter' })).toHaveCount(0);
      await page.locator('.hint summary').first().click();
      await expect(page.locator('.hint > div').first()).toBeVisible();
      await expect(page.locator('[data-criterion]').first()).toBeVisible();
      const scrolls = await page.evaluate('document.documentElement.scrollHeight > innerHeight * 2');
      expect(scrolls).toBe(true);
    });
  });

  test('without a server the lesson can be read, and the workbench says so', async ({ stage, lesson, page }) => {
    await page.route('**/api/session', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'not found' }));
    await lesson.open(stage.origin);
    await expect(lesson.panel).toContainText('Ici, la leçon se lit seulement');
    await expect(lesson.strip).toContainText('sans labo ici');
    await expectAccessible(page);
  });

  test('needs at most 20 kB of JavaScript before the workbench opens', async ({ stage, page }) => {
    await page.addInitScript(() => localStorage.setItem('escale', JSON.stringify({ layout: 'lesson' })));
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body().then((body) => brotliCompressSync(body).length));
    });
    await page.goto(`${stage.origin}/fr/1.3/`, { waitUntil: 'networkidle' });
    const sizes = await Promise.all(scripts);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    test.info().annotations.push({ type: 'JavaScript', description: `${total} bytes, brotli, ${sizes.length} files` });
    expect(sizes.length).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  test('has no style attribute and no inline script', async ({ stage, request }) => {
    for (const path of ['/', '/fr/1.3/', '/404.html']) {
      const html = await (await request.get(`${stage.origin}${path}`)).text();
      expect(html).not.toMatch(/<[^>]+\sstyle=/);
      expect(html).not.toMatch(/<style/);
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    }
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`is accessible, ${theme}`, async ({ stage, lesson, page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await lesson.open(stage.origin);
      await lesson.ready();
      await expectAccessible(page);
      await page.goto(`${stage.origin}/`);
      await expectAccessible(page);
      await page.goto(`${stage.origin}/nulle-part/`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aucune page à cette adresse');
      await expectAccessible(page);
    });
  }
});
