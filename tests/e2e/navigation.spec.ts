import { expect, test } from './support/test.ts';

test.describe('navigation between pages', () => {
  test('keeps the terminal unchanged: screen, scroll position, socket, running program', async ({ stage, lesson, page }) => {
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
    await lesson.open(stage.origin);
    await lesson.ready();
    await lesson.type('for i in $(seq 1 60); do echo "n$i."; sleep 0.05; done; echo fini');
    const screen = await lesson.terminal.locator('.xterm-screen').elementHandle();
    await page.evaluate(() => navigation.navigate('/fr/1.4/'));
    await expect(page).toHaveTitle(/1\.4/);
    await expect(lesson.terminal.locator('.xterm-helper-textarea')).toBeFocused();
    await page.evaluate(() => navigation.navigate('/'));
    await expect(page).toHaveTitle(/plateforme de données/);
    await expect(lesson.lab).toBeHidden();
    await page.getByRole('link', { name: 'Reprendre' }).click();
    await expect(lesson.lab).toBeVisible();
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveTitle(/1\.4/);
    await lesson.expectText(/\nfini/);
    for (let i = 1; i <= 60; i++) expect((await lesson.text()).split(`\nn${i}.`)).toHaveLength(2);
    expect(await screen?.evaluate((element) => element.isConnected)).toBe(true);
    expect(sockets.filter((path) => path === '/ws/terminals/1')).toHaveLength(1);
    expect(sockets.filter((path) => path === '/ws/workspace')).toHaveLength(1);
    expect(stage.workbench.asked.filter((asked) => asked.startsWith('watch'))).toContain('watch 1.4');
  });

  test('« suivante » from the welcome to 1.5 and back: the same terminal, one socket, and verdicts of each lesson', async ({
    stage,
    lesson,
    page,
  }) => {
    test.setTimeout(120_000);
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
    await lesson.open(stage.origin, '/fr/bienvenue/');
    await lesson.ready();
    await lesson.type('echo tou""jours là');
    await lesson.expectText(/\ntoujours là/);
    const tasks = ['1.1', '1.2', '1.3', '1.4', '1.5'];
    for (const task of tasks) {
      await page.locator('.pager a[rel="next"]').click();
      await expect(page).toHaveTitle(new RegExp(`^${task.replace('.', '\\.')} `));
      await expect(page.locator('.lesson-scroll')).toHaveJSProperty('scrollTop', 0);
    }
    for (const title of [/^1\.4 /, /^1\.3 /, /^1\.2 /, /^1\.1 /, /^Bienvenue/]) {
      await page.locator('.pager a[rel="prev"]').click();
      await expect(page).toHaveTitle(title);
    }
    await lesson.expectText(/\ntoujours là/);
    await lesson.type('echo enc""ore');
    await lesson.expectText(/\nencore/);
    expect(sockets.filter((path) => path === '/ws/terminals/1')).toHaveLength(1);
    expect(sockets.filter((path) => path === '/ws/workspace')).toHaveLength(1);
    const watched = stage.workbench.asked.filter((asked) => asked.startsWith('watch')).map((asked) => asked.slice(6));
    expect(watched).toEqual([...tasks, '1.4', '1.3', '1.2', '1.1']);
  });

  test('restores the scroll position in a lesson, and announces the new page', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    const scroll = page.locator('.lesson-scroll');
    await scroll.evaluate((element) => element.scrollTo(0, 900));
    await page.getByRole('link', { name: 'Escale' }).click();
    await expect(page.locator('#annonces')).toContainText('Docker pour une plateforme de données');
    await page.goBack();
    await expect(page).toHaveTitle(/^1\.3/);
    await expect.poll(() => scroll.evaluate((element) => element.scrollTop)).toBe(900);
  });

  test('without a server, names the page that could not be loaded and keeps the rest', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    await stage.cut();
    await page.getByRole('link', { name: 'Escale' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette page n’a pas pu être chargée');
    await stage.listen();
    await page.getByRole('link', { name: 'Essayer de nouveau' }).click();
    await expect(page).toHaveTitle(/plateforme de données/);
  });
});
