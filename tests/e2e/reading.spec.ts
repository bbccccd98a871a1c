import { readFile } from 'node:fs/promises';
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

  test('a workbench that could not be loaded is requested again, and the status bar says so', async ({ stage, lesson, page }) => {
    await page.clock.install();
    await page.route(/\/workbench\.[^/]*\.js$/, (route) => route.abort());
    await lesson.open(stage.origin);
    await page.clock.runFor(600);
    await expect(page.locator('.status')).toContainText('Le labo n’a pas pu être chargé');
    await page.unroute(/\/workbench\.[^/]*\.js$/);
    await page.clock.runFor(1000);
    await lesson.ready();
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

  test('requests a script or a style again that a change of the machine’s network lost', async ({ stage, lesson, page }) => {
    const lost = new Set<string>();
    await page.route(/\/_astro\/(Frame|memory)\.[^/]*\.(js|css)$/, async (route) => {
      const url = route.request().url();
      if (lost.has(url)) return route.continue();
      lost.add(url);
      await route.abort('failed');
    });
    await lesson.open(stage.origin);
    await lesson.ready();
    expect(lost.size).toBeGreaterThan(1);
    await expect(page.locator('header.top')).toHaveCSS('display', 'flex');
  });

  test('has no style attribute, and one inline script, which the policy knows', async ({ stage, request }) => {
    for (const path of ['/', '/fr/1.3/', '/404.html']) {
      const html = await (await request.get(`${stage.origin}${path}`)).text();
      expect(html).not.toMatch(/<[^>]+\sstyle=/);
      expect(html).not.toMatch(/<style/);
      const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);
      expect(inline).toEqual([await readFile('public/boot.js', 'utf8')]);
    }
  });

  test('a reload finds the place again, whatever the width', async ({ stage, lesson, page }) => {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport);
      await lesson.open(stage.origin, '/fr/1.2/');
      await page.locator('#etape-5').evaluate((element) => element.scrollIntoView());
      const top = (): Promise<number> => page.locator('#etape-5').evaluate((element) => Math.round(element.getBoundingClientRect().top));
      const before = await top();
      expect(before).toBeGreaterThanOrEqual(48);
      await page.reload();
      await expect.poll(top).toBe(before);
    }
  });

  test('links each criterion to its steps, and the last step back', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin, '/fr/1.2/');
    const row = lesson.criterion('1.2/failure');
    await expect(row.getByRole('link')).toHaveText(['étape 3', 'étape 6']);
    await row.getByRole('link', { name: 'étape 6' }).click();
    await expect(page.locator('#etape-6')).toBeInViewport();
    await page.locator('[data-proves="1.2/failure"]').click();
    await expect(row).toBeInViewport();
  });

  for (const [name, width] of [
    ['beside the lab', 1280],
    ['in a narrow window', 800],
    ['on a phone', 390],
  ] as const) {
    test(`${name}, no code is cut: it wraps, or scrolls and opens in full`, async ({ stage, lesson, page }) => {
      await page.setViewportSize({ width, height: 844 });
      for (const task of ['1.1', '1.2', '1.3', '1.4', '1.5', '2.1', '2.2', '2.3', '2.4']) {
        await lesson.open(stage.origin, `/fr/${task}/`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        const cut = await page.locator('.prose .block pre').evaluateAll((blocks) =>
          blocks
            .filter((block) => block.scrollWidth > block.clientWidth)
            .filter((block) => !block.closest('.output')?.querySelector('.enlarge')?.checkVisibility())
            .map((block) => block.textContent.slice(0, 60)),
        );
        expect(cut).toEqual([]);
      }
    });
  }

  test('a wide output opens over the page, and gives the focus back', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin, '/fr/1.4/');
    const button = page.getByRole('button', { name: 'Agrandir' }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'docker compose ps' });
    await expect(dialog.locator('pre')).toBeFocused();
    await expect(dialog).toContainText('127.0.0.1:5432->5432/tcp');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(button).toBeFocused();
  });

  test('prints no button, and each file once', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin, '/fr/1.2/');
    await page.emulateMedia({ media: 'print' });
    const visible = (selector: string): Promise<string[]> =>
      page
        .locator(selector)
        .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent.trim().slice(0, 40)));
    expect(await visible('button, .btn')).toEqual([]);
    // The lines that a gap leaves out are printed apart.
    const files = (await visible('figure.block .file')).filter((file) => !file.includes('les lignes qui'));
    expect(new Set(files).size).toBe(6);
    expect(files.filter((file) => file !== 'etl_pipeline.py')).toHaveLength(5);
    expect(await visible('.hint summary')).not.toContain('La solution\u202f: les six fichiers');
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
