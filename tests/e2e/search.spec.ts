import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/test.ts';

const search = (page: Page): Locator => page.getByRole('dialog', { name: 'Chercher dans les leçons' });
const results = (page: Page): Locator => search(page).getByRole('option');

test.describe('the search over lessons', () => {
  test('loads nothing before its first use; finds by heading, marks the words, opens the page', async ({ stage, lesson, page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await lesson.open(stage.origin);
    await lesson.ready();
    expect(asked.filter((path) => path.startsWith('/pagefind/'))).toEqual([]);
    await page.keyboard.press('/');
    await expect(search(page)).toContainText('tout le texte des leçons est cherché');
    await expectAccessible(page);
    await page.keyboard.type('privilege');
    await expect(results(page).first()).toBeVisible();
    await expect(search(page).getByRole('group', { name: /^1\.3 / })).toBeVisible();
    await expect(search(page).locator('mark').first()).toHaveText(/privilège/i);
    await expectAccessible(page);
    const place = results(page).filter({ hasNotText: 'Début de la leçon' }).first();
    await place.click();
    await expect(search(page)).toBeHidden();
    await expect(page.locator(':target')).toBeInViewport();
  });

  test('names the step of what it finds, and leads there', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.keyboard.press('/');
    await page.keyboard.type('raise_for_status');
    const found = search(page)
      .getByRole('group', { name: /^1\.2 / })
      .getByRole('option', { name: /^Étape 3\s: L’extraction/ });
    await found.click();
    await expect(page).toHaveURL(/\/fr\/1\.2\/#etape-3$/);
    await expect(page.locator('#etape-3')).toBeInViewport();
  });

  test('says when nothing is found, and opens from the palette with the typed words', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('zzxqw wqxzz');
    await page.getByRole('option', { name: /zzxqw wqxzz/ }).click();
    await expect(search(page).getByRole('combobox')).toHaveValue('zzxqw wqxzz');
    await expect(search(page).locator('.picker-says')).toHaveText('Rien dans les leçons pour «\u202fzzxqw wqxzz\u202f».');
    await expectAccessible(page);
  });

  test('opens a lesson from the overview', async ({ stage, page, lesson }) => {
    await lesson.open(stage.origin, '/');
    await page.keyboard.press('/');
    await page.keyboard.type('healthcheck');
    await expect(results(page).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveTitle(/^1\.\d/);
  });

  test('says what to do where the site was not built', async ({ stage, lesson, page }) => {
    await page.route('**/pagefind/**', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'absent' }));
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.keyboard.press('/');
    await expect(search(page)).toContainText('npm run build');
  });
});
