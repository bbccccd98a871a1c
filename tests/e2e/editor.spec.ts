import type { Page } from '@playwright/test';
import { LessonPage } from './support/lesson-page.ts';
import { RealServer } from './support/real-server.ts';
import { expect, expectAccessible, test, watchForFaults } from './support/test.ts';

/** The lab's image may have to be built first. */
const LAB_READY_MS = 280_000;

/** The editor of the page, driven as a learner does. */
class Editor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get text() {
    return this.page.locator('escale-editor .cm-content').first();
  }

  get saved() {
    return this.page.locator('escale-editor .saved');
  }

  get notice() {
    return this.page.getByRole('group', { name: 'État du fichier' });
  }

  row(name: string) {
    // A mark may follow the name.
    return this.page.getByRole('treeitem', { name: new RegExp(`^${name.replaceAll('.', '\\.')}`) });
  }

  tab(name: RegExp) {
    return this.page.getByRole('tab', { name });
  }

  async open(name: string): Promise<void> {
    await this.row(name).click();
    await expect(this.tab(new RegExp(`^${name}`))).toHaveAttribute('aria-selected', 'true');
    await expect(this.text).toBeVisible();
  }

  /** Puts the cursor at the end of the text and types. */
  async type(text: string): Promise<void> {
    await this.text.focus();
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.type(text);
  }
}

test.describe('the editor, with a real server and a real lab', () => {
  const server = new RealServer();

  test.describe.configure({ timeout: 180_000 });

  test.beforeAll(async () => {
    test.setTimeout(LAB_READY_MS);
    await server.start();
  });

  test.afterAll(async () => {
    test.setTimeout(120_000);
    await server.clean();
  });

  async function open(page: Page): Promise<{ lesson: LessonPage; editor: Editor; faults: () => Promise<string[]> }> {
    const faults = await watchForFaults(page);
    const lesson = new LessonPage(page);
    await lesson.open(server.origin);
    await expect(page.locator('.status')).toContainText('Labo prêt', { timeout: LAB_READY_MS });
    await lesson.ready();
    await expect(page.getByRole('button', { name: 'Nouveau fichier' })).toBeVisible();
    return { lesson, editor: new Editor(page), faults };
  }

  test('an empty project shows what to do; files created in the editor appear in the shell, and the reverse', async ({ page }) => {
    test.setTimeout(LAB_READY_MS + 60_000);
    const { lesson, editor, faults } = await open(page);
    await expect(page.locator('escale-editor')).toContainText('Le projet est vide');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Nouveau fichier' }).click();
    await page.getByRole('textbox', { name: 'Nouveau fichier' }).fill('../dehors');
    await page.keyboard.press('Enter');
    await expect(page.locator('.name-form')).toContainText('sans «');
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Nouveau fichier' }).fill('src/extract.py');
    await page.keyboard.press('Enter');
    await expect(editor.tab(/^extract\.py/)).toBeVisible();
    await editor.type('import requests\n');
    await expect(editor.saved).toHaveText('enregistré');
    await lesson.type('cat src/extract.py');
    await lesson.expectText(/\nimport requests/);

    await lesson.type('mkdir -p data/raw && echo "A=1" > .env && touch Dockerfile');
    await expect(editor.row('.env')).toBeVisible();
    await expect(editor.row('data')).toBeVisible();
    await expectAccessible(page);
    expect(await faults()).toEqual([]);
  });

  test('Ctrl+S saves at once and stays on the page; Escape then Tab leaves the text', async ({ page }) => {
    const { lesson, editor, faults } = await open(page);
    await lesson.type('echo "A=1" > .env');
    await editor.open('.env');
    // Disable autosave, so that only Ctrl+S can save.
    await page.evaluate(() => {
      const set = window.setTimeout.bind(window);
      Object.assign(window, { setTimeout: (act: () => void, ms = 0) => (ms < 1000 ? set(act, ms) : 0) });
    });
    await editor.type('B=2');
    await expect(editor.saved).toHaveText('modifié');
    await page.keyboard.press('Control+s');
    await expect(editor.saved).toHaveText('enregistré');
    await expect(page.locator('#annonces')).toContainText('.env est enregistré');
    await page.keyboard.press('Tab');
    await expect(editor.text).toBeFocused();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+f');
    await expect(page.getByRole('textbox', { name: 'Chercher' })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(editor.text).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(editor.text).not.toBeFocused();
    expect(await faults()).toEqual([]);
  });

  test('a change on disk replaces unmodified text quietly, and is a conflict where text was typed', async ({ page }) => {
    const { lesson, editor, faults } = await open(page);
    await lesson.type(`printf 'FROM python:3.11-slim\\nWORKDIR /app\\n' > Dockerfile`);
    await editor.open('Dockerfile');
    await expect(editor.text).toContainText('WORKDIR /app');
    await lesson.type(`printf 'FROM python:3.11-slim\\nWORKDIR /srv\\n' > Dockerfile`);
    await expect(editor.text).toContainText('WORKDIR /srv');
    await expect(editor.notice).toBeHidden();

    await page.route('**/api/files/content', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
    await editor.type('COPY . .\n');
    await expect(editor.saved).toContainText('pas enregistré');
    await lesson.type(`printf 'FROM python:3.11\\n' > Dockerfile`);
    await expect(editor.notice).toContainText('a changé sur le disque');
    await expect(editor.text).toContainText('COPY . .');
    await page.unroute('**/api/files/content');
    await expectAccessible(page);

    await editor.notice.getByRole('button', { name: 'Comparer' }).click();
    await expect(page.getByRole('textbox', { name: /^Version du disque/ })).toContainText('FROM python:3.11');
    await expect(page.getByRole('textbox', { name: /^Votre version/ })).toContainText('COPY . .');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Prendre ce passage du disque' }).first().click();
    await page.getByRole('textbox', { name: /^Votre version/ }).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('USER 1000\n');
    await page.getByRole('button', { name: 'Enregistrer la version de droite' }).click();
    await expect(editor.saved).toHaveText('enregistré');
    await expect(editor.text).toContainText('USER 1000');
    await lesson.type('tail -1 Dockerfile');
    await lesson.expectText(/\nUSER 1000/);
    expect(await faults()).toEqual([]);
  });

  test('taking the disk’s version can be undone', async ({ page }) => {
    const { lesson, editor } = await open(page);
    await lesson.type('touch Dockerfile');
    await editor.open('Dockerfile');
    await page.route('**/api/files/content', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
    await editor.type('# à moi');
    await lesson.type('echo "# au terminal" > Dockerfile');
    await editor.notice.getByRole('button', { name: 'Prendre celle du disque' }).click();
    await page.unroute('**/api/files/content');
    await expect(editor.text).toHaveText('# au terminal');
    await editor.text.focus();
    await page.keyboard.press('Control+z');
    await expect(editor.text).toContainText('# à moi');
    await expect(editor.saved).toHaveText('enregistré');
  });

  test('a text in conflict stays one through a reload and in another tab, until the learner chooses', async ({ page, context }) => {
    test.setTimeout(240_000);
    const { lesson, editor, faults } = await open(page);
    await lesson.type(`printf 'un\\n' > notes.txt`);
    await editor.open('notes.txt');
    // The terminal is faster than the autosave; after the reload the autosave works.
    await page.evaluate(() => {
      const set = window.setTimeout.bind(window);
      Object.assign(window, { setTimeout: (act: () => void, ms = 0) => (ms < 1000 ? set(act, ms) : 0) });
    });
    await editor.type('à moi\n');
    await lesson.type('echo x >> notes.txt');
    await expect(editor.notice).toContainText('Les deux versions sont gardées');
    await page.reload();
    await lesson.ready();
    await expect(editor.notice).toContainText('Les deux versions sont gardées', { timeout: 20_000 });
    await expect(editor.text).toContainText('à moi');

    const second = await context.newPage();
    const other = await open(second);
    await other.editor.open('notes.txt');
    await expect(other.editor.text).toContainText('x');
    await expect(other.editor.notice).toContainText('Un autre onglet garde une autre version');
    await expectAccessible(second);
    await lesson.type('clear; cat notes.txt; echo fini');
    await lesson.expectText(/un\s+x\s+fini/);

    await page.bringToFront();
    await editor.text.focus();
    await page.keyboard.press('Control+s');
    await expect(editor.notice.getByRole('button', { name: 'Comparer' })).toBeFocused();
    await page.keyboard.press('Enter');
    const mine = page.getByRole('textbox', { name: /^Votre version/ });
    await expect(mine).toBeFocused();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('encore moi');
    await lesson.type('echo y >> notes.txt');
    await expect(page.getByRole('textbox', { name: /^Version du disque/ })).toContainText('y');
    await editor.notice.getByRole('button', { name: 'Revenir au choix' }).click();
    await expect(editor.text).toContainText('encore moi');
    await page.close();

    // Without windows, each page keeps the focus all the time.
    await second.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(other.editor.notice).toContainText('Les deux versions sont gardées');
    await expect(other.editor.text).toContainText('encore moi');
    await other.editor.notice.getByRole('button', { name: 'Garder la mienne' }).click();
    await expect(other.editor.saved).toHaveText('enregistré');
    await other.lesson.type('clear; cat notes.txt; echo fini');
    await other.lesson.expectText(/un\s+à moi\s+encore moi\s*fini/);
    expect(await faults()).toEqual([]);
    expect(await other.faults()).toEqual([]);
  });

  test('a file of the lesson opens in the editor, and a missing folder that a criterion names can be made there', async ({ page }) => {
    const { lesson, editor, faults } = await open(page);
    await lesson.type('rm -rf .dockerignore data; mkdir -p logs data/processed; echo fini');
    await lesson.expectText(/\nfini/);
    await page.getByRole('button', { name: 'Ouvrir .dockerignore dans l’éditeur' }).first().click();
    await expect(page.locator('.toast')).toContainText('n’existe pas encore');
    await page.locator('.toast').getByRole('button', { name: 'Le créer' }).click();
    await expect(editor.tab(/^\.dockerignore/)).toHaveAttribute('aria-selected', 'true');

    await page.goto(`${server.origin}/fr/1.1/`);
    const folders = lesson.criterion('1.1/folders');
    await folders.getByRole('button', { name: 'Ouvrir data/raw/' }).click({ timeout: 20_000 });
    await expect(page.locator('.toast')).toContainText('Le dossier');
    await page.locator('.toast').getByRole('button', { name: 'Le créer' }).click();
    await expect(editor.row('raw')).toHaveAttribute('aria-expanded', 'false');
    await lesson.ready();
    await lesson.type('stat -c %F data/raw');
    await lesson.expectText(/\ndirectory/);
    expect(await faults()).toEqual([]);
  });

  test('the tree is usable by keyboard: open, rename, delete, undo', async ({ page }) => {
    const { lesson, editor, faults } = await open(page);
    await lesson.type('mkdir -p data/raw src && echo "import requests" > src/extract.py && touch Dockerfile');
    await editor.row('Dockerfile').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.type('dat');
    await expect(editor.row('data')).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(editor.row('raw')).toBeHidden();
    await page.keyboard.press('ArrowRight');
    await expect(editor.row('raw')).toBeVisible();
    await page.keyboard.type('ext');
    await expect(editor.row('extract.py')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(editor.text).toBeFocused();

    await editor.row('extract.py').focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('load.py');
    await page.keyboard.press('Enter');
    await expect(editor.row('load.py')).toBeFocused();
    await expect(editor.tab(/^load\.py/)).toBeVisible();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: /Nouveau nom/ }).fill('Dockerfile');
    await page.keyboard.press('Enter');
    await expect(page.locator('.toast')).toContainText('existe déjà');
    await page.keyboard.press('Escape');

    await editor.row('src').focus();
    await page.keyboard.press('Delete');
    await expect(editor.row('src')).toBeHidden();
    await expect(editor.tab(/^load\.py/)).toBeHidden();
    await expectAccessible(page);
    await lesson.type('ls src; echo fini');
    await lesson.expectText(/No such file[^\n]*\nfini/);
    await page.locator('.toast').getByRole('button', { name: 'Annuler' }).click();
    await expect(editor.tab(/^load\.py/)).toBeVisible();
    await lesson.type('cat src/load.py');
    await lesson.expectText(/\nimport requests/);
    expect(await faults()).toEqual([]);
  });

  test('a file that loads late does not take the focus from where the learner types by then', async ({ page }) => {
    const { promise: late, resolve: arrive } = Promise.withResolvers<void>();
    await page.route(/\/code-view\.[^/]*\.js$/, async (route) => {
      await late;
      await route.continue();
    });
    const { lesson, editor, faults } = await open(page);
    await lesson.type('echo "import requests" > a.py');
    await editor.row('a.py').click();
    await page.keyboard.press('F2');
    await page.keyboard.type('b');
    arrive();
    await expect(editor.text).toHaveText('import requests');
    await page.keyboard.type('.py');
    await expect(page.getByRole('textbox', { name: /Nouveau nom/ })).toHaveValue('b.py');
    await page.keyboard.press('Enter');
    await expect(editor.row('b.py')).toBeFocused();
    expect(await faults()).toEqual([]);
  });

  test('hadolint and Compose report in the gutter; « Ouvrir » of a verdict goes to the line', async ({ page }) => {
    const { lesson, editor, faults } = await open(page);
    await lesson.type(`printf 'FROM python:latest\\nRUN cd /tmp && pip install requests\\nUSER root\\n' > Dockerfile`);
    await lesson.type(`printf 'services:\\n  etl:\\n    biuld: .\\n' > docker-compose.yml`);
    await editor.open('docker-compose.yml');
    await expect(page.locator('.cm-lint-marker-error')).toHaveCount(1, { timeout: 20_000 });
    await expectAccessible(page);
    await page.getByRole('button', { name: /1 problème/ }).click();
    await expect(page.getByRole('listbox', { name: 'Problèmes du fichier' })).toContainText('biuld');
    await expectAccessible(page);
    await editor.type('\n');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Escape');

    const slim = lesson.criterion('1.3/slim-base');
    await expect(slim.locator('.word')).toHaveText('pas atteint', { timeout: 20_000 });
    await slim.getByRole('button', { name: 'Ouvrir Dockerfile' }).first().click();
    await expect(editor.tab(/^Dockerfile/)).toHaveAttribute('aria-selected', 'true');
    await expect(editor.text).toBeFocused();
    await expect(page.locator('escale-editor .foot')).toContainText('ligne 1');
    await expect(editor.row('Dockerfile').getByRole('img', { name: /critère/ })).toBeVisible();
    await expect(page.locator('.cm-lint-marker')).not.toHaveCount(0, { timeout: 20_000 });
    await page.getByRole('button', { name: /problème/ }).click();
    await expect(page.getByRole('listbox')).toContainText('hadolint DL');
    expect(await faults()).toEqual([]);
  });

  test('unsaved text survives a reload, and a server that stops and comes back', async ({ page }) => {
    test.setTimeout(120_000);
    const { lesson, editor } = await open(page);
    await lesson.type('echo "A=1" > .env');
    await editor.open('.env');
    await page.route('**/api/files/content', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
    await editor.type('\nGARDE=oui');
    await expect(editor.saved).toContainText('gardé dans ce navigateur');
    await page.reload();
    await expect(editor.tab(/^\.env/)).toHaveAttribute('aria-selected', 'true', { timeout: 20_000 });
    await expect(editor.text).toContainText('GARDE=oui');
    await page.unroute('**/api/files/content');
    await page.keyboard.press('Escape');
    await editor.text.focus();
    await page.keyboard.press('Control+s');
    await expect(editor.saved).toHaveText('enregistré');

    await server.kill();
    await editor.type('\nHORS_LIGNE=1');
    await expect(editor.saved).toContainText('pas enregistré');
    await expectAccessible(page);
    await server.start();
    await expect(editor.saved).toHaveText('enregistré', { timeout: 40_000 });
  });

  test('the editor is kept from lesson to page and back; binary and large files say why they do not open', async ({ page }) => {
    const { lesson, editor, faults } = await open(page);
    await lesson.type(
      'head -c 3000 /dev/urandom > image.bin; head -c 2000000 /dev/zero | tr "\\0" x > gros.csv; echo "A=1" > .env; echo prêt',
    );
    await lesson.expectText(/\nprêt/);
    await editor.row('image.bin').click();
    await expect(page.locator('escale-editor .empty')).toContainText('pas du texte');
    await editor.row('gros.csv').click();
    await expect(page.locator('escale-editor .empty')).toContainText('1 Mio');
    await expectAccessible(page);
    await editor.open('.env');
    await editor.type('\nNAVIGUE=1');
    await page.getByRole('link', { name: 'Escale', exact: true }).click();
    await expect(page).toHaveURL(/\/$/);
    await page.goBack();
    await expect(editor.text).toContainText('NAVIGUE=1');
    await expect(editor.saved).toHaveText('enregistré');
    expect(await faults()).toEqual([]);
  });

  test('on a phone tree, text and terminal are shown one at a time, each with a way back', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const faults = await watchForFaults(page);
    const lesson = new LessonPage(page);
    const editor = new Editor(page);
    await lesson.open(server.origin);
    await lesson.strip.getByRole('button', { name: 'Terminal' }).click();
    await lesson.ready();
    await lesson.type('echo "A=1" > .env');
    await page.getByRole('button', { name: 'Fichiers' }).click();
    await expect(editor.row('.env')).toBeVisible();
    await expectAccessible(page);
    await editor.open('.env');
    await expect(editor.row('.env')).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Fichiers' }).click();
    await expect(editor.row('.env')).toBeVisible();
    await page.getByRole('button', { name: 'Terminal', exact: true }).click();
    await expect(lesson.terminal).toBeVisible();
    await expect(page.locator('escale-editor')).toBeHidden();
    expect(await faults()).toEqual([]);
  });
});
