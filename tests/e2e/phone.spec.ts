import { MIXED } from './support/states.ts';
import { expect, expectAccessible, test } from './support/test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test.describe('on a phone', () => {
  test('the lesson fills the screen with a dock below; the terminal opens full screen, with the keys that a phone lacks', async ({
    stage,
    lesson,
    page,
  }) => {
    stage.workbench.setVerdicts(MIXED);
    await lesson.open(stage.origin);
    await expect(lesson.lab).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(page);
    await lesson.strip.getByRole('button', { name: 'Terminal' }).tap();
    await lesson.ready();
    const box = await lesson.lab.boundingBox();
    expect(box).toMatchObject({ x: 0, y: 0, width: 390 });
    await expectAccessible(page);
    await page.keyboard.type('echo a');
    for (const name of ['Barre verticale', 'Barre oblique', 'Tilde']) await page.getByRole('button', { name }).tap();
    await lesson.expectText(/echo a\|\/~/);
    await page.getByRole('button', { name: 'Ctrl' }).tap();
    await expect(page.getByRole('button', { name: 'Ctrl' })).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.type('c');
    await expect(page.getByRole('button', { name: 'Ctrl' })).toHaveAttribute('aria-pressed', 'false');
    await lesson.expectText(/\^C/);
    await page.getByRole('button', { name: 'Flèche haut' }).tap();
    await page.getByRole('button', { name: 'Leçon', exact: true }).tap();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(lesson.strip).toContainText('2 critères sur 6');
  });

  test('the first opening has the size of the screen from the first row on, and follows the keyboard', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await expect(lesson.strip).toContainText('critères');
    await lesson.strip.getByRole('button', { name: 'Terminal' }).tap();
    await lesson.ready();
    await lesson.type('stty size');
    await lesson.expectText(/\n\d+ \d+\n/);
    const [, rows, cols] = /\n(\d+) (\d+)\n/.exec(await lesson.text()) ?? [];
    const screen = await lesson.terminal.locator('.xterm-screen').boundingBox();
    expect(Number(cols)).toBe(Math.floor((screen?.width ?? 0) / 7.2));
    expect(await lesson.terminal.locator('.xterm-rows > div').count()).toBe(Number(rows));
    await page.setViewportSize({ width: 390, height: 500 });
    await lesson.type('clear; stty size');
    await expect.poll(() => lesson.terminal.locator('.xterm-rows > div').count()).toBeLessThan(Number(rows));
    const left = await lesson.terminal.locator('.xterm-rows > div').count();
    await lesson.type('clear; stty size');
    await lesson.expectText(new RegExp(`^${left} ${cols}\\n`, 'm'));
  });

  test('« Exécuter » opens the terminal and types', async ({ stage, lesson }) => {
    await lesson.open(stage.origin);
    await lesson.runButton('ls -A').tap();
    await lesson.ready();
    await lesson.expectText(/\$ ls -A\n/);
  });
});
