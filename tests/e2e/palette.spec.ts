import type { Locator, Page } from '@playwright/test';
import { MIXED } from './support/states.ts';
import { expect, expectAccessible, test } from './support/test.ts';

const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Chercher une leçon ou une commande' });
const options = (page: Page): Locator => palette(page).getByRole('option');

test.describe('the palette', () => {
  test('opens with Ctrl+K, finds without accents, runs the chosen action', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.keyboard.press('Control+k');
    const field = palette(page).getByRole('combobox');
    await expect(field).toBeFocused();
    await expect(options(page).filter({ hasText: '1.3' })).toHaveCount(1);
    await expectAccessible(page);
    await page.keyboard.type('theme');
    const first = options(page).first();
    await expect(first).toContainText('Changer de thème');
    await expect(first).toHaveAttribute('aria-selected', 'true');
    await expect(field).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id')) ?? '');
    await page.keyboard.press('Enter');
    await expect(palette(page)).toBeHidden();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('Control+k');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
  });

  test('the arrow keys follow the visible order, and wrap around', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.keyboard.press('Control+k');
    await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
    const count = await options(page).count();
    await page.keyboard.press('ArrowUp');
    await expect(options(page).nth(count - 1)).toHaveAttribute('aria-selected', 'true');
    for (let at = 0; at < count; at++) {
      await page.keyboard.press('ArrowDown');
      await expect(options(page).nth(at)).toHaveAttribute('aria-selected', 'true');
    }
  });

  test('offers lab, terminals, trials, lessons and the last command', async ({ stage, lesson, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    stage.workbench.setVerdicts(MIXED);
    await lesson.open(stage.origin);
    await lesson.ready();
    const pick = async (query: string): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(query);
      await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
      await page.keyboard.press('Enter');
    };
    await pick('verifier');
    await expect.poll(() => stage.workbench.asked).toContain('check 1.3');
    await pick('lancer essai');
    await expect.poll(() => stage.workbench.asked).toContain('trial 1.3/healthcheck-trial');
    await pick('arreter');
    await expect.poll(() => stage.workbench.asked).toContain('stop');
    await pick('nouveau term');
    await expect(page.getByRole('tab', { name: /Terminal 2/ })).toHaveAttribute('aria-selected', 'true');
    await pick('terminal 1');
    await expect(page.getByRole('tab', { name: /Terminal 1/ })).toHaveAttribute('aria-selected', 'true');
    await lesson.runButton('ls -A').click();
    await lesson.expectText(/\$ ls -A\n/);
    await pick('copier derniere');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('ls -A');
    await pick('zero');
    await expect(lesson.question).toContainText('Remettre le labo à zéro');
    await pick('sommaire');
    await expect(page).toHaveTitle(/plateforme de données/);
    await pick('1.3');
    await expect(page).toHaveTitle(/^1\.3/);
  });

  test('from the terminal: Ctrl+K opens it, a second Ctrl+K goes to the shell, Escape returns', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    const keys = lesson.terminal.locator('.xterm-helper-textarea');
    await keys.focus();
    await page.keyboard.type('echo un deux');
    await lesson.expectText(/echo un deux$/);
    for (let at = 0; at < 5; at++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+k');
    await expect(palette(page)).toContainText('Ctrl+K encore');
    await page.keyboard.press('Escape');
    await expect(keys).toBeFocused();
    await lesson.expectText(/echo un deux$/);
    await page.keyboard.press('Control+k');
    await expect(palette(page)).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(palette(page)).toBeHidden();
    await lesson.expectText(/echo un$/);
  });

  test('lists the shortcuts', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Raccourcis clavier' });
    await expect(list).toContainText('Maj+F6');
    await expect(list).toContainText('Imprimer la leçon');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
  });

  test('`/` and `?` are ordinary letters in text fields, also inside a shadow root such as the editor’s', async ({
    stage,
    lesson,
    page,
  }) => {
    await lesson.open(stage.origin);
    await page.evaluate(() => {
      const host = document.createElement('div');
      host.id = 'shadowed';
      const text = document.createElement('div');
      text.contentEditable = 'true';
      host.attachShadow({ mode: 'open' }).append(text);
      document.querySelector('.lesson .prose')?.prepend(host);
      text.focus();
    });
    await page.keyboard.type('a/b?');
    await expect(page.locator('#shadowed [contenteditable]')).toHaveText('a/b?');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

    test('opens from the bar, over the whole width', async ({ stage, lesson, page }) => {
      await lesson.open(stage.origin);
      await page.getByRole('button', { name: 'Chercher une leçon' }).tap();
      expect(await palette(page).boundingBox()).toMatchObject({ x: 0, y: 0, width: 390 });
      await expectAccessible(page);
      await options(page).filter({ hasText: 'Sommaire' }).tap();
      await expect(page).toHaveTitle(/plateforme de données/);
    });
  });
});
