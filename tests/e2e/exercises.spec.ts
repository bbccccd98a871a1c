import { expect, expectAccessible, test } from './support/test.ts';

/** The prompt of a lab, whose marks tell the page which command has run. */
const LAB_PROMPT = String.raw`PS1='\[\e]133;A\a\]\w \$ \[\e]133;B\a\]' PS0='\e]133;C\a'`;

test.describe('a prediction', () => {
  test('opens its answer once the command has run, whoever typed it, and is remembered', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin, '/fr/1.1/');
    await lesson.ready();
    await lesson.type(LAB_PROMPT);
    const question = page.locator('escale-predict[data-id="1.1/fichiers"]');
    const answer = question.locator('details.answer');
    await question.getByRole('radio').first().check();
    await expect(question.locator('.then')).toContainText('la réponse s’ouvre quand elle a fini');
    await lesson.type('find . -type d | sort');
    await lesson.expectText(/find \. -type d/);
    await expect(answer).not.toHaveAttribute('open');
    await lesson.type('find . -type f | sort');
    await expect(answer).toHaveAttribute('open');
    await expect(question.locator('.then')).toContainText('Vous prévoyiez autre chose');
    await expect(question.locator('label[data-right]')).toContainText('ce qui se passe');
    await expect(question.getByRole('radio').first()).toBeDisabled();
    await page.reload();
    await expect(question.getByRole('radio').first()).toBeChecked();
    await expect(answer).toHaveAttribute('open');
  });

  test('« Exécuter » opens it too, and an answer read first is no prediction', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin, '/fr/1.1/');
    await lesson.ready();
    await lesson.type(LAB_PROMPT);
    const first = page.locator('escale-predict[data-id="1.1/fichiers"]');
    await first.getByRole('radio').last().check();
    await lesson.runButton('find . -type f | sort').click();
    await expect(first.locator('.then')).toHaveText('Vous l’aviez prévu.');
    const second = page.locator('escale-predict[data-id="1.1/proprietaire"]');
    await second.getByText('La réponse').click();
    await second.getByRole('radio').first().check();
    await expect(second.getByRole('radio').first()).toBeDisabled();
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test('is a question and an answer that one unfolds', async ({ stage, page }) => {
      await page.goto(`${stage.origin}/fr/1.1/`);
      const question = page.locator('escale-predict').first();
      await expect(question.locator('.answer > div')).toBeHidden();
      await question.getByText('La réponse').click();
      await expect(question.locator('.answer > div')).toBeVisible();
    });
  });
});

test('a file with a gap shows the rest, hides the solution behind its hints, and prints it', async ({ stage, page }) => {
  await page.goto(`${stage.origin}/fr/1.2/`);
  const gap = page.getByRole('region', { name: 'À compléter\u202f: src/load.py' });
  await expect(gap.locator('.gap')).toContainText('vider la table');
  await expect(gap.locator('figure').first()).toContainText('with engine.begin()');
  await expect(gap.locator('figure').first()).not.toContainText('TRUNCATE');
  await expect(gap.locator('.solution > div')).toBeHidden();
  await expect(gap.locator('.proof')).toContainText('Une seconde exécution');
  await page.emulateMedia({ media: 'print' });
  await expect(gap.locator('.solution')).toContainText('TRUNCATE');
  await expect(gap.locator('.solution > div')).toBeVisible();
});

test.describe('a term of the glossary', () => {
  test('shows its definition on hover and on focus, and Escape hides it', async ({ stage, page }) => {
    await page.goto(`${stage.origin}/fr/1.2/`);
    const term = page.locator('.term', { hasText: 'transaction' });
    const definition = term.getByRole('tooltip', { includeHidden: true });
    await expect(definition).toBeHidden();
    await term.locator('a').hover();
    await expect(definition).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(definition).toBeHidden();
    await page.mouse.move(0, 0);
    await term.locator('a').focus();
    await expect(definition).toBeVisible();
    await expect(term.locator('a')).toHaveAccessibleDescription(/tous ensemble ou pas du tout/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/fr\/glossaire\/#transaction$/);
    await expect(page.locator('#transaction a')).toHaveAttribute('href', '/fr/1.2/');
  });

  test.describe('on a phone', () => {
    test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

    test('shows it at the first tap, inside the screen, and follows the link at the second', async ({ stage, page }) => {
      await page.goto(`${stage.origin}/fr/1.2/`);
      const term = page.locator('.term', { hasText: 'transaction' });
      await term.locator('a').tap();
      const box = await term.locator('.def').boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
      await expect(page).toHaveURL(/\/fr\/1\.2\/$/);
      await term.locator('a').tap();
      await expect(page).toHaveURL(/\/fr\/glossaire\/#transaction$/);
    });
  });
});

for (const scheme of ['light', 'dark'] as const) {
  for (const path of ['/fr/1.2/', '/fr/1.5/', '/fr/glossaire/']) {
    test(`the exercises, the recall card or the glossary of ${path} are accessible, ${scheme}`, async ({ stage, page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(`${stage.origin}${path}`);
      await page.locator('.exercise details, .recall details').evaluateAll((all) => {
        for (const one of all) one.setAttribute('open', '');
      });
      await expectAccessible(page);
    });
  }
}
