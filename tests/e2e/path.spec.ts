import { LessonPage } from './support/lesson-page.ts';
import { RealServer } from './support/real-server.ts';
import { expect, test, watchForFaults } from './support/test.ts';

/** The first time the lab's image may have to be built. */
const LAB_READY_MS = 280_000;

test.describe('the path: a real server, a real lab, a real engine', () => {
  const server = new RealServer();

  test.beforeAll(async () => {
    test.setTimeout(LAB_READY_MS);
    await server.start();
  });

  test.afterAll(async () => {
    test.setTimeout(120_000);
    await server.clean();
  });

  test('from the overview to a shell in the lab, through a kill of the server', async ({ page }) => {
    test.setTimeout(LAB_READY_MS + 120_000);
    const faults = await watchForFaults(page);
    const lesson = new LessonPage(page);
    await page.goto(server.origin);
    await page.getByRole('link', { name: 'Ouvrir la leçon' }).click();
    await expect(page.locator('.status')).toContainText('Labo prêt', { timeout: LAB_READY_MS });
    await lesson.ready();
    await expect(page.locator('.status')).toContainText('espace d’utilisateurs');

    await lesson.runButton('ls -A').click();
    await lesson.expectText(/etl_pipeline\.py/);
    await lesson.type('docker version --format "moteur: {{.Server.Version}}"');
    await lesson.expectText(/\nmoteur: \d+/);

    await lesson.type('for i in $(seq 1 80); do echo "tour $i."; sleep 0.1; done; echo "tout y est"');
    await lesson.expectText(/tour 10\./);
    await server.kill();
    await expect(lesson.wire).toBeVisible();
    await server.start();
    await expect(lesson.wire).toHaveCount(0, { timeout: 30_000 });
    await lesson.expectText(/\ntout y est/);
    const text = await lesson.text();
    for (let i = 1; i <= 80; i++) expect(text.split(`\ntour ${i}.`), `tour ${i}`).toHaveLength(2);
    await expect(page.locator('.status')).toContainText('Labo prêt');
    expect(await faults()).toEqual([]);
  });
});
