import { LessonPage } from './support/lesson-page.ts';
import { RealServer } from './support/real-server.ts';
import { expect, test, watchForFaults } from './support/test.ts';

const LAB_READY_MS = 280_000;
const ASLEEP_MS = 90_000;

test.describe('a lab that nobody uses', () => {
  const server = new RealServer();

  test.beforeAll(async () => {
    test.setTimeout(LAB_READY_MS);
    await server.start({ lab: { sleepMinutes: 0.1 } });
  });

  test.afterAll(async () => {
    test.setTimeout(120_000);
    await server.clean();
  });

  test('falls asleep once its page is closed, and wakes with the text of its terminal for the next one', async ({ page, context }) => {
    test.setTimeout(LAB_READY_MS + ASLEEP_MS);
    const lesson = new LessonPage(page);
    await lesson.open(server.origin, '/fr/1.1/');
    await expect(page.locator('.status')).toContainText('Labo prêt', { timeout: LAB_READY_MS });
    await lesson.ready();
    await lesson.type('cd /tmp; echo souv""enir');
    await lesson.expectText(/\nsouvenir/);
    await page.close();
    await expect.poll(() => server.labState('solo'), { timeout: ASLEEP_MS, intervals: [1000] }).toBe('asleep');

    const next = await context.newPage();
    const faults = await watchForFaults(next);
    const again = new LessonPage(next);
    await again.open(server.origin, '/fr/1.1/');
    await again.ready();
    await again.expectText(/\nsouvenir[\s\S]*Le labo s’est arrêté ici/);
    await again.type('echo ici $PWD');
    await again.expectText(/\nici \/tmp/);
    expect(await server.labState('solo')).toBe('ready');
    expect(await faults()).toEqual([]);
  });
});
