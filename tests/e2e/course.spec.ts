import { LessonFollower } from './support/lesson-follower.ts';
import { RealServer } from './support/real-server.ts';
import { expect, test, watchForFaults } from './support/test.ts';

/** The images of the lab and of the course may have to be built first. */
const LAB_READY_MS = 280_000;
const COURSE_MS = 900_000;
const TASKS = ['1.1', '1.2', '1.3', '1.4', '1.5'];

test.describe('the course: the lessons followed from the first to the last', () => {
  const server = new RealServer();

  test.beforeAll(async () => {
    test.setTimeout(LAB_READY_MS);
    await server.start();
  });

  test.afterAll(async () => {
    test.setTimeout(120_000);
    await server.clean();
  });

  test('from the welcome to the end of 1.5, all criteria are met and stay so, through a reload and a kill of the server', async ({
    page,
  }) => {
    test.setTimeout(LAB_READY_MS + COURSE_MS);
    const faults = await watchForFaults(page);
    const follower = new LessonFollower(page);
    const { lesson } = follower;
    await lesson.open(server.origin, '/fr/bienvenue/');
    await expect(page.locator('.status')).toContainText('Labo prêt', { timeout: LAB_READY_MS });
    await lesson.ready();
    await follower.follow();

    for (const task of TASKS) {
      await page.locator('.pager a[rel="next"]').click();
      await expect(page.locator('h1')).toContainText(task);
      await lesson.ready();
      await follower.follow(async (command) => {
        if (task === '1.2' && command === 3) {
          await page.reload();
          await lesson.ready();
        }
        if (task === '1.4' && command === 3) {
          await server.kill();
          await expect(lesson.wire).toBeVisible();
          await server.start();
          await expect(lesson.wire).toHaveCount(0, { timeout: 30_000 });
          await lesson.ready();
        }
      });
      await follower.prove();
      expect(await server.unmet(TASKS.slice(0, TASKS.indexOf(task) + 1))).toEqual([]);
    }
    expect(await faults()).toEqual([]);
  });
});
