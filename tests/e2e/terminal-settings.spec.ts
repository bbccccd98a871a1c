import { contrast, lightOfRgb } from '../support/contrast.ts';
import { expect, expectAccessible, test } from './support/test.ts';

/** Option and a key, as a Mac sends them: the key event carries the character that the keyboard writes. */
function optionKey(element: Element, key: string): void {
  const init = { key, code: 'Digit5', altKey: true, bubbles: true, cancelable: true };
  if (!element.dispatchEvent(new KeyboardEvent('keydown', { ...init, keyCode: 53 }))) return;
  element.dispatchEvent(new KeyboardEvent('keypress', { ...init, charCode: key.charCodeAt(0), keyCode: key.charCodeAt(0) }));
}

test.describe('the terminal’s settings', () => {
  test('Option writes its characters on a Mac, unless it is set to be Meta; the setting is kept', async ({ stage, lesson, page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' }));
    await lesson.open(stage.origin);
    await lesson.ready();
    const keys = lesson.terminal.locator('.xterm-helper-textarea');
    await lesson.type('cat -v');
    await keys.focus();
    for (const key of '{[|\\~') await keys.evaluate(optionKey, key);
    await lesson.expectText(/\{\[\|\\~/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Réglages' }).click();
    const box = page.getByRole('checkbox', { name: 'La touche Option sert de touche Méta' });
    await expect(box).not.toBeChecked();
    await box.check();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await keys.focus();
    await keys.evaluate(optionKey, '[');
    await page.keyboard.press('Enter');
    await lesson.expectText(/\^\[5/);
    await page.reload();
    await page.getByRole('button', { name: 'Réglages' }).click();
    await expect(box).toBeChecked();
  });

  test('are not shown where there is nothing to set', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(page.getByRole('button', { name: 'Réglages' })).toHaveCount(0);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`each colour keeps 7:1 on each cell, in reverse video too, ${colorScheme}`, async ({ stage, lesson, page }) => {
    await page.emulateMedia({ colorScheme });
    await lesson.open(stage.origin);
    await lesson.ready();
    const script = [
      'clear',
      'for c in 3{0..7} 9{0..7}; do printf "\\e["$c"mA\\e[7mB\\e[0m"; done',
      'for c in 4{0..7} 10{0..7}; do printf "\\e["$c"mC\\e[7mD\\e[0m\\e[1;37;"$c"mE\\e[0m"; done',
      'printf "\\e[7mF\\e[1mG\\e[0m\\n"; echo fini',
    ];
    await lesson.type(script.join('; '));
    await lesson.expectText(/\nfini/);
    const drawn = await lesson.terminal.locator('.xterm-rows').evaluate((rows) => {
      const cell = getComputedStyle(document.querySelector('escale-terminal') ?? rows).backgroundColor;
      const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const rgb = (colour: string): string => {
        if (pen === null) return colour;
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        return `rgb(${pen.getImageData(0, 0, 1, 1).data.slice(0, 3).join(', ')})`;
      };
      return [...rows.querySelectorAll('span')]
        .filter((span) => /^[A-G]+$/.test(span.textContent ?? ''))
        .map((span) => {
          const { color, backgroundColor } = getComputedStyle(span);
          return { text: span.textContent, ink: rgb(color), cell: rgb(backgroundColor === 'rgba(0, 0, 0, 0)' ? cell : backgroundColor) };
        });
    });
    expect(drawn.length).toBeGreaterThan(60);
    const weak = drawn.filter(({ ink, cell }) => contrast(lightOfRgb(ink), lightOfRgb(cell)) < 6.95);
    expect(weak).toEqual([]);
  });
}
