import type { Locator, Page } from '@playwright/test';
import { LessonPage } from './support/lesson-page.ts';
import { RealServer } from './support/real-server.ts';
import { expect, expectAccessible, test, watchForFaults } from './support/test.ts';

/** The images of the lab and of the course may have to be built first. */
const LAB_READY_MS = 280_000;
const STACK_MS = 180_000;

const node = (page: Page, name: string): Locator => page.locator('escale-map').getByRole('button', { name: new RegExp(`^${name} ?,`) });

test.describe
  .serial('the map of a stack that runs', () => {
    const server = new RealServer();

    test.beforeAll(async () => {
      test.setTimeout(LAB_READY_MS);
      await server.start();
    });

    test.afterAll(async () => {
      test.setTimeout(120_000);
      await server.clean();
    });

    test('shows services, their states and who reaches whom, by mouse and by keyboard, as a drawing and as a table', async ({ page }) => {
      test.setTimeout(LAB_READY_MS + STACK_MS);
      const faults = await watchForFaults(page);
      const lesson = new LessonPage(page);
      const map = page.locator('escale-map');
      await lesson.open(server.origin, '/fr/1.4/');
      await expect(page.locator('.status')).toContainText('Labo prêt', { timeout: LAB_READY_MS });
      await lesson.ready();
      await page.getByRole('tab', { name: 'Carte' }).click();
      await expect(map).toContainText('Pas encore de fichier Compose');
      await server.putSolution('1.4');
      await expect(node(page, 'postgres')).toHaveAccessibleName(/pas encore créé/);
      const declared = await node(page, 'postgres').boundingBox();

      // Without the ETL, whose image would have to be built first.
      await lesson.type('docker compose up -d pgadmin && echo fi""ni');
      await expect(node(page, 'postgres')).toHaveAccessibleName(/en marche, sain/, { timeout: STACK_MS });
      await expect(node(page, 'pgadmin')).toHaveAccessibleName(/en marche/, { timeout: 60_000 });
      await expect(node(page, 'etl')).toHaveAccessibleName(/pas encore créé/);
      await lesson.expectText(/\nfini/);
      expect(await node(page, 'postgres').boundingBox()).toEqual(declared);

      await page.getByLabel('Depuis').selectOption('pgadmin');
      await page.getByLabel('Vers', { exact: true }).selectOption('postgres');
      await expect(map.locator('.answer')).toContainText('Oui. pgadmin joint postgres au port 5432, par default');
      await lesson.type('docker compose stop postgres');
      await expect(node(page, 'postgres')).toHaveAccessibleName(/arrêté/, { timeout: 30_000 });
      await expect(map.locator('.answer')).toContainText('Non. postgres est arrêté.');
      await expectAccessible(page);

      await test.step('by keyboard alone', async () => {
        await page.keyboard.press('F6');
        for (let pane = 0; pane < 4 && !(await map.evaluate((element) => element.contains(document.activeElement))); pane++) {
          await page.keyboard.press('F6');
        }
        await node(page, 'etl').focus();
        await page.keyboard.press('ArrowLeft');
        await expect(node(page, 'postgres')).toBeFocused();
        await page.keyboard.press('Enter');
        const details = page.getByRole('region', { name: 'Service choisi' });
        await expect(details.getByRole('heading', { name: 'postgres' })).toBeFocused();
        await expect(details).toContainText('docker compose down -v');
        await details.getByRole('button', { name: 'Journaux' }).press('Enter');
        await expect(details.getByLabel('Journaux de postgres')).toContainText('database system is shut down');
        await details.getByRole('button', { name: 'Démarrer' }).press('Enter');
        await lesson.expectText(/docker compose start postgres/);
        await expect(node(page, 'postgres')).toHaveAccessibleName(/en marche, sain/, { timeout: 30_000 });
        await details.getByRole('heading', { name: 'postgres' }).focus();
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
        await expect(details).toHaveCount(0);
      });

      await page.getByRole('button', { name: 'Tableau' }).click();
      await expect(map.getByRole('row', { name: /postgres en marche, sain/ })).toBeVisible();
      await expect(map.getByRole('row', { name: /postgres_data l’effacerait/ })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('tab', { name: 'Éditeur' }).click();
      await expect(map).toBeHidden();
      expect(await faults()).toEqual([]);
    });

    test('fits a phone, and opens a shell of a service in a new terminal', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      const lesson = new LessonPage(page);
      await lesson.open(server.origin, '/fr/1.4/');
      await page.locator('.strip .open-lab').click();
      await lesson.ready();
      await page.getByRole('button', { name: 'Carte' }).click();
      await expect(node(page, 'postgres')).toBeInViewport({ ratio: 1 });
      const { scrollWidth, clientWidth } = await page
        .locator('.map-scroll')
        .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
      expect(scrollWidth).toBe(clientWidth);
      await expectAccessible(page);
      await node(page, 'postgres').click();
      await page.getByRole('button', { name: 'Shell' }).click();
      await expect(page.getByRole('tab', { name: /Terminal 2/ })).toHaveAttribute('aria-selected', 'true');
      await lesson.ready();
      await expect.poll(() => lesson.text(), { timeout: 30_000 }).toMatch(/docker compose exec postgres sh\s+(\S+ )?#/);
    });
  });

test('says why there is no map: a file that Compose cannot read, a lab that is not ready, a lost connection', async ({
  stage,
  lesson,
  page,
}) => {
  await lesson.open(stage.origin);
  await lesson.ready();
  stage.workbench.setMap({
    state: 'faulty',
    file: 'docker-compose.yml',
    line: 4,
    what: 'la clé `imag` est inconnue',
    look: 'Voulez-vous `image` ?',
  });
  await page.getByRole('tab', { name: 'Carte' }).click();
  const map = page.locator('escale-map');
  await expect(map).toContainText('docker-compose.yml, ligne 4');
  await expect(map.getByRole('button', { name: 'Ouvrir docker-compose.yml' })).toBeVisible();
  await expectAccessible(page);
  expect(stage.workbench.asked.filter((asked) => asked.startsWith('map'))).toEqual(['map true']);
  await page.getByRole('tab', { name: 'Éditeur' }).click();
  await expect.poll(() => stage.workbench.asked.filter((asked) => asked.startsWith('map'))).toEqual(['map true', 'map false']);
  await page.getByRole('tab', { name: 'Carte' }).click();
  await stage.cut();
  await expect(map).toContainText('Connexion perdue');
});
