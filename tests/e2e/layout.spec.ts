import { expect, test } from './support/test.ts';

test.describe('the frame of a lesson', () => {
  test('the width of lesson and lab can be changed by mouse and keyboard, and the browser remembers it', async ({
    stage,
    lesson,
    page,
  }) => {
    await lesson.open(stage.origin);
    const line = page.getByRole('separator', { name: 'Largeur de la leçon' });
    const width = (): Promise<number> => page.locator('.lesson').evaluate((element) => Math.round(element.getBoundingClientRect().width));
    const box = await line.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 0.5, 400);
    await page.mouse.down();
    await page.mouse.move(800, 400, { steps: 4 });
    await page.mouse.up();
    expect(await width()).toBeGreaterThan(780);
    await line.focus();
    const before = await width();
    await page.keyboard.press('ArrowLeft');
    expect(await width()).toBeLessThan(before);
    await page.keyboard.press('End');
    await expect(line).toHaveAttribute('aria-valuenow', '73');
    const kept = await width();
    await page.reload();
    expect(await width()).toBe(kept);
    await line.focus();
    await page.keyboard.press('Enter');
    expect(await width()).toBe(Math.round(1440 * 0.44));
  });

  test('lesson or lab can be shown alone, and the choice is kept', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await page.getByRole('button', { name: 'Leçon', exact: true }).click();
    await expect(lesson.lab).toBeHidden();
    await page.reload();
    await expect(lesson.lab).toBeHidden();
    // « Exécuter » shows the lab again.
    await lesson.runButton('ls -A').click();
    await expect(lesson.lab).toBeVisible();
    await lesson.ready();
    await lesson.expectText(/\$ ls -A\n/);
    await page.getByRole('button', { name: 'Labo', exact: true }).click();
    await expect(page.locator('.lesson')).toBeHidden();
    await page.keyboard.press('F6');
    await expect(page.getByRole('button', { name: 'Nouveau fichier' })).toBeFocused();
    await page.keyboard.press('F6');
    await expect(lesson.terminal.locator('.xterm-helper-textarea')).toBeFocused();
    await page.keyboard.press('Shift+F6');
    await page.keyboard.press('Shift+F6');
    await expect(page.locator('.lesson')).toBeVisible();
  });

  test('F6 cycles through the panes and announces each; the terminal says how to leave it', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    const terminal = lesson.terminal.locator('.xterm-helper-textarea');
    await expect(terminal).toHaveAccessibleDescription(/F6 sort du terminal/);
    await expect(page.getByRole('button', { name: 'Nouveau fichier' })).toBeVisible();
    await page.keyboard.press('F6');
    await expect(page.locator('#annonces')).toHaveText('Éditeur');
    await page.keyboard.press('F6');
    await expect(terminal).toBeFocused();
    await expect(page.locator('#annonces')).toHaveText('Terminal');
    await page.keyboard.press('F6');
    await expect(page.locator('footer.status')).toBeFocused();
    await expect(page.locator('#annonces')).toContainText('Labo prêt');
    await page.keyboard.press('F6');
    await expect(page.locator('.lesson-scroll')).toBeFocused();
    await page.keyboard.press('Shift+F6');
    await expect(page.locator('footer.status')).toBeFocused();
    // The shell received none of these keys.
    expect(await lesson.text()).toMatch(/\$\s*$/);
  });

  test('nothing moves while terminals and editor load', async ({ stage, lesson, page }) => {
    await page.addInitScript(() => {
      const moved: string[] = [];
      Reflect.set(window, 'moved', moved);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { sources } = entry as PerformanceEntry & { sources: { node: Node | null }[] };
          for (const { node } of sources) moved.push(node?.nodeName ?? 'something gone');
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(page.getByRole('button', { name: 'Nouveau fichier' })).toBeVisible();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([]);
  });

  test('the theme is set before the first paint', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await page.getByRole('button', { name: 'Changer de thème' }).click();
    await page.reload({ waitUntil: 'commit' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test('everything can be reached by keyboard alone', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(page.getByRole('button', { name: 'Nouveau fichier' })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Aller à la leçon' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('#contenu')).toBeFocused();
    await page.locator('.strip').getByRole('button', { name: 'Vérifier' }).focus();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('separator', { name: 'Largeur de la leçon' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('tab', { name: 'Éditeur' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Nouveau fichier' })).toBeFocused();
    await page.getByRole('separator', { name: 'Hauteur du terminal' }).focus();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('tab', { name: /Terminal 1/ })).toBeFocused();
  });

  test('nothing is cut off at 200 % zoom', async ({ stage, lesson, page }) => {
    await page.setViewportSize({ width: 720, height: 450 });
    await lesson.open(stage.origin);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
    await page.getByRole('button', { name: 'Labo', exact: true }).click();
    await lesson.ready();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
  });
});
