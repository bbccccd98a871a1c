import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, expectAccessible, test } from './support/test.ts';

test.describe('the terminal', () => {
  test('runs a shell without a violation of the policy, and follows the theme', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await lesson.type('echo "somme: $((40 + 2))"');
    await lesson.expectText(/somme: 42/);
    await page.getByRole('button', { name: 'Changer de thème' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test('draws with WebGL if there is a graphics card, under the same policy', async ({ stage, lesson, page }) => {
    // The tests' browser uses software rendering and reports it: here it reports the name of a graphics card instead.
    await page.addInitScript(() => {
      const ask = WebGL2RenderingContext.prototype.getParameter;
      WebGL2RenderingContext.prototype.getParameter = function (name) {
        const answer: unknown = ask.call(this, name);
        return typeof answer === 'string' ? answer.replaceAll(/swiftshader/gi, 'Iris') : answer;
      };
    });
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(lesson.terminal.locator('.host')).toHaveAttribute('data-renderer', 'webgl');
    await lesson.type('echo "somme: $((40 + 2))"');
    await lesson.expectText(/somme: 42/);
  });

  test('draws with the DOM where WebGL is rendered by software, under the same policy', async ({ stage, lesson }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(lesson.terminal.locator('.host')).toHaveAttribute('data-renderer', 'dom');
    // 24-bit colours: this renderer sets them as style attributes.
    await lesson.type("printf '\\e[38;2;120;40;20mcouleur\\e[0m\\n'");
    const span = lesson.terminal.locator('.xterm-rows span', { hasText: /^couleur$/ });
    await expect(span).toHaveCSS('color', 'rgb(120, 40, 20)');
  });

  test('draws with the DOM where WebGL is unavailable', async ({ stage, lesson, page }) => {
    await page.addInitScript(() => {
      const get = HTMLCanvasElement.prototype.getContext;
      Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
        value(this: HTMLCanvasElement, kind: string, ...rest: []) {
          return kind.startsWith('webgl') ? null : Reflect.apply(get, this, [kind, ...rest]);
        },
      });
    });
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(lesson.terminal.locator('.host')).toHaveAttribute('data-renderer', 'dom');
  });

  test('« Exécuter » types the command once and focuses the terminal; Maj+F6 returns', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await lesson.expectText(/\$/);
    const button = lesson.runButton('ls -A');
    await button.click();
    await lesson.expectText(/\$ ls -A\n/);
    await expect(lesson.terminal.locator('.xterm-helper-textarea')).toBeFocused();
    // The editor lies between the lesson and the terminal.
    for (const _pane of ['editor', 'lesson']) await page.keyboard.press('Shift+F6');
    await expect(button).toBeFocused();
    for (const _pane of ['editor', 'terminal']) await page.keyboard.press('F6');
    await expect(lesson.terminal.locator('.xterm-helper-textarea')).toBeFocused();
    expect((await lesson.text()).match(/\$ ls -A/g)).toHaveLength(1);
  });

  test('asks before it types into a program or after other text', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await lesson.type('sleep 60');
    await expect(page.getByRole('tab', { name: /Terminal 1/ })).toContainText('sleep');
    await lesson.runButton('ls -A').click();
    await expect(lesson.question).toContainText('Un programme tourne dans le terminal 1 (sleep)');
    await lesson.question.getByRole('button', { name: 'Annuler' }).click();
    await expect(lesson.question).toHaveCount(0);
    await expect(lesson.runButton('ls -A')).toBeFocused();
    for (const _pane of ['editor', 'terminal']) await page.keyboard.press('F6');
    await page.keyboard.press('Control+c');
    await page.keyboard.type('echo début');
    await lesson.expectText(/\$ echo début$/);
    await lesson.runButton('ls -A').click();
    await expect(lesson.question).toContainText('contient déjà du texte');
    await page.keyboard.press('Escape');
    await expect(lesson.question).toHaveCount(0);
    expect(await lesson.text()).not.toContain('ls -A');
  });

  test('reconnects after the server was killed, with all output and nothing twice', async ({ stage, lesson }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    const written = join(tmpdir(), `escale-${randomUUID()}`);
    await lesson.type(`for i in $(seq 1 40); do echo "ligne $i."; sleep 0.1; done; echo fini; touch ${written}`);
    await lesson.expectText(/ligne 5\./);
    await stage.cut();
    await expect(lesson.wire).toContainText('Connexion perdue');
    await expect(lesson.terminal).toHaveAttribute('data-state', 'away');
    await expect.poll(() => existsSync(written)).toBe(true);
    rmSync(written);
    await stage.listen();
    await expect(lesson.wire).toHaveCount(0, { timeout: 15_000 });
    await lesson.expectText(/\nfini/);
    const text = await lesson.text();
    for (let i = 1; i <= 40; i++) expect(text.split(`\nligne ${i}.`)).toHaveLength(2);
  });

  test('a command is not typed again after a reconnection', async ({ stage, lesson }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await stage.cut();
    await expect(lesson.wire).toBeVisible();
    await lesson.runButton('ls -A').click();
    await expect(lesson.page.locator('.term-note')).toContainText('rien n’a été tapé');
    await stage.listen();
    await expect(lesson.wire).toHaveCount(0, { timeout: 15_000 });
    await lesson.ready();
    expect(await lesson.text()).not.toContain('ls -A');
  });

  test('opens other terminals, remembers them, closes one when its shell ends', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.getByRole('button', { name: 'Nouveau terminal' }).click();
    await lesson.ready();
    await lesson.type('echo "numéro 2"');
    await lesson.expectText(/\nnuméro 2/);
    await page.reload();
    await page.getByRole('tab', { name: 'Terminal 2' }).click();
    await lesson.ready();
    await lesson.expectText(/\nnuméro 2/);
    await lesson.type('exit');
    await expect(page.getByRole('tab', { name: /Terminal/ })).toHaveCount(1);
    await lesson.type('exit');
    await lesson.expectText(/Le shell s’est terminé \(code 0\)/);
    await page.keyboard.press('Enter');
    await lesson.ready();
  });

  test('a flood is drawn completely, and can be interrupted', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await lesson.type('seq 1 400000 | tail -c 2500000; echo "fin du flot"');
    await lesson.expectText(/\n399999\n400000\nfin du flot/);
    await lesson.type('yes "sans fin"');
    await lesson.expectText(/\nsans fin\nsans fin/);
    await page.keyboard.press('Control+c');
    await lesson.type('clear; echo "rendu"');
    await lesson.expectText(/^rendu|\nrendu/);
  });

  test('can be read aloud once screen reader mode is on', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    const reader = page.getByRole('button', { name: 'Lire le terminal à voix haute' });
    await reader.focus();
    await page.keyboard.press('Enter');
    await expect(reader).toHaveAttribute('aria-pressed', 'true');
    await lesson.type('echo "six fois" sept');
    await expect(lesson.terminal.locator('.xterm-accessibility-tree')).toContainText('six fois sept');
    await expectAccessible(page);
  });

  test('pastes as one piece, copies the selection', async ({ stage, lesson, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.locator('[data-command="ls -A"]').getByRole('button', { name: 'Copier la commande' }).click();
    await lesson.terminal.locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Control+Shift+V');
    await lesson.expectText(/\$ ls -A$/);
    await page.keyboard.press('Control+u');
    await lesson.type('clear; echo mot-à-copier');
    await lesson.expectText(/^mot-à-copier/);
    const box = await lesson.terminal.locator('.xterm-screen').boundingBox();
    await page.mouse.dblclick((box?.x ?? 0) + 12, (box?.y ?? 0) + 10);
    await page.keyboard.press('Control+c');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('mot-');
    expect(await lesson.text()).not.toContain('^C');
  });

  test('a reload restores the screen', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await lesson.type('echo "avant le rechargement"');
    await lesson.expectText(/\navant le rechargement/);
    await page.reload();
    await lesson.expectText(/\navant le rechargement/);
  });
});
