import type { Page } from '@playwright/test';
import plan from '../../content/plan.json' with { type: 'json' };
import type { Achievement } from '../../contract/progress.ts';
import { expect, expectAccessible, test } from './support/test.ts';

const at = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString();
const CRITERIA = ['dockerfile', 'slim-base', 'cache-order', 'image', 'small-image', 'entry-point', 'non-root', 'no-secret'] as const;

const TASK_1_2 = plan.criteria.filter(({ task }) => task === '1.2').map(({ id }) => id);

function achieved(name: string, verdict: Achievement['last']['verdict'] = 'met'): Achievement {
  return { criterion: `1.3/${name}`, firstMetAt: at(40), last: { verdict, at: at(0) } };
}

/** Sets what this browser would remember after some time spent on lessons. */
async function spend(page: Page, minutes: Readonly<Record<string, number>>): Promise<void> {
  await page.addInitScript(
    (spent) => {
      localStorage.setItem('escale.time', JSON.stringify({ at: 1, spent }));
    },
    Object.fromEntries(Object.entries(minutes).map(([task, min]) => [task, min * 60_000])),
  );
}

test.describe('the overview', () => {
  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });

    test('is the static plan: parts, tasks, all 120 points', async ({ stage, page }) => {
      await page.goto(`${stage.origin}/`);
      await expect(page.getByRole('link', { name: 'Ouvrir la leçon' })).toBeVisible();
      await expect(page.locator('.parts')).toContainText('Écrire un bon Dockerfile');
      await expect(page.locator('.points')).toContainText('120 points annoncés');
      await expect(page.getByRole('columnheader', { name: 'Votre temps' })).toHaveCount(0);
      await page.locator('[data-task="1.3"] summary').click();
      await expect(page.locator('[data-announced="1.3/image"]')).toBeVisible();
      await expect(page.locator('.points')).not.toContainText('atteint');
    });
  });

  test('before any criterion is met, shows no zero for what is to come', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin, '/');
    await expect(page.locator('[data-points]')).toHaveText('0');
    await expect(page.locator('[data-part="3"]')).toContainText('à venir');
    await expect(page.locator('[data-row="airflow"]')).not.toContainText('0 sur');
    await expect(page.locator('[data-row="airflow"]')).toContainText('à venir');
    await expect(page.locator('[data-band]')).toContainText('Encore 60 points');
    await expectAccessible(page);
  });

  test('shows what was met and when, what no longer holds, and the time spent', async ({ stage, lesson, page }) => {
    stage.workbench.achievements = [
      ...CRITERIA.slice(0, 6).map((name) => achieved(name)),
      achieved('non-root', 'not-met'),
      achieved('no-secret', 'cannot-tell'),
    ];
    await spend(page, { '1.3': 41 });
    await lesson.open(stage.origin, '/');
    const task = page.locator('[data-task="1.3"]');
    await expect(task.locator('summary')).toContainText('8 critères sur 10');
    await expect(page.locator('[data-part="1"] [data-state]')).toHaveText('un critère à reprendre');
    await expect(page.locator('[data-part="1"] [data-part-spent]')).toHaveText('41\u00a0min');
    await task.locator('summary').click();
    await expect(page.locator('[data-announced="1.3/image"]')).toContainText(/atteint le \d+(er)?\u00a0\p{L}+\.? .*à \d+\u00a0h/u);
    await expect(page.locator('[data-announced="1.3/non-root"]')).toContainText('ne l’est plus');
    await expect(page.locator('[data-announced="1.3/no-secret"]')).toContainText('à prouver de nouveau');
    await expect(page.locator('[data-announced="1.3/healthcheck"]')).toContainText('à faire');
    await expect(page.locator('[data-row="dockerfile"]')).toContainText('7 sur 15');
    await expect(page.locator('.chart-h [data-passed] text')).toHaveText('41\u00a0min passées');
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
  });

  test('« Reprendre » leads to the last section read', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await page.locator('#observer').evaluate((element) => element.scrollIntoView());
    await expect.poll(() => page.evaluate(() => localStorage.getItem('escale.last'))).toContain('observer');
    await page.getByRole('link', { name: 'Escale' }).click();
    await expect(page.locator('.chart-h .here-text')).toHaveText('vous êtes en 1.3');
    const card = page.getByRole('region', { name: 'Reprendre' });
    await expect(card).toContainText('1.3 Écrire un bon Dockerfile');
    await expect(card).toContainText('Observer');
    await card.getByRole('link', { name: 'Reprendre' }).click();
    await expect(page).toHaveURL(/\/fr\/1\.3\/#observer$/);
    await expect(page.getByRole('heading', { name: 'Observer', exact: true })).toBeInViewport();
  });

  test('« Reprendre » names the step, and after a finished lesson leads to the next', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin, '/fr/1.2/');
    await page.locator('#etape-4').evaluate((element) => element.scrollIntoView());
    await expect.poll(() => page.evaluate(() => localStorage.getItem('escale.last'))).toContain('etape-4');
    await page.getByRole('link', { name: 'Escale' }).click();
    await expect(page.getByRole('region', { name: 'Reprendre' })).toContainText('à «\u202fÉtape 4\u202f: La transformation\u202f»');
    await expect(page.getByRole('link', { name: 'Reprendre' })).toHaveAttribute('href', '/fr/1.2/#etape-4');
    stage.workbench.achievements = TASK_1_2.map((criterion) => ({ criterion, firstMetAt: at(1), last: { verdict: 'met', at: at(0) } }));
    await page.reload();
    const card = page.getByRole('region', { name: 'Continuer' });
    await expect(card).toContainText('1.3 Écrire un bon Dockerfile');
    await card.getByRole('link', { name: 'Continuer' }).click();
    await expect(page).toHaveURL(/\/fr\/1\.3\/$/);
  });

  test('time is counted for the lesson on screen, and shown beside the planned time', async ({ stage, lesson, page }) => {
    await page.clock.install();
    await lesson.open(stage.origin);
    const clock = page.locator('.clock');
    await expect(clock).toHaveText(/prévu \d+\u00a0min$/);
    for (let minute = 0; minute < 3; minute++) {
      await page.mouse.move(300, 300 + minute);
      await page.clock.runFor(61_000);
    }
    await expect(clock).toHaveText(/ · passé 3\u00a0min$/);
    // Without activity, the lesson stops counting after three minutes.
    await page.clock.runFor(3_600_000);
    await expect(clock).toHaveText(/ · passé [56]\u00a0min$/);
    await page.goto(`${stage.origin}/`);
    await expect(page.locator('[data-total-spent]')).toContainText(/passé\u202f: [56]\u00a0min/);
  });

  test('without a server it stays the static plan, and says so', async ({ stage, lesson, page }) => {
    await page.route('**/api/session', (route) => route.abort());
    await lesson.open(stage.origin, '/');
    await expect(page.locator('[data-progress-note]')).toContainText('Le serveur ne répond pas');
    await expect(page.locator('[data-points-words]')).toContainText('120 points annoncés');
    await expectAccessible(page);
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

    test('nothing is cut off', async ({ stage, lesson, page }) => {
      stage.workbench.achievements = CRITERIA.map((name) => achieved(name));
      await spend(page, { '1.3': 41 });
      await lesson.open(stage.origin, '/');
      await expect(page.locator('[data-points]')).not.toHaveText('–');
      for (const summary of await page.locator('.parts summary').all()) await summary.click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await expectAccessible(page);
    });
  });
});
