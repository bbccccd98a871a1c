import type { WorkshopStatus } from '../../contract/workshop.ts';
import { CLOSED_WORKSHOP } from '../unit/server/fakes/no-workshops.ts';
import { expect, expectAccessible, test } from './support/test.ts';

const OPEN: WorkshopStatus = {
  ...CLOSED_WORKSHOP,
  state: 'open',
  fault: {
    id: 'host-name',
    symptom: 'La base démarre et va bien. Le pipeline s’arrête avec le code 1 avant d’avoir chargé une ligne.',
    hints: ['Lisez `docker compose logs etl`.', 'Comparez les noms.', 'Changez l’hôte de `DATABASE_URL`.'],
  },
};

const REFUSED: WorkshopStatus = {
  ...OPEN,
  verdict: {
    verdict: 'not-met',
    diagnosis: {
      code: 'lost.data',
      expected: 'la copie démarre d’elle-même, charge les données de la source, et n’a rien perdu de ce qu’elle avait',
      observed: 'la table `livre_de_bord`, qui était dans la base avant la panne, n’y est plus : la base a été recréée',
      where: { service: 'postgres' },
      look: '`docker compose down -v` efface les données avec la panne.',
    },
    evidence: 'psycopg2.OperationalError: could not translate host name "postgresql" to address',
  },
};

const MENDED: WorkshopStatus = {
  ...OPEN,
  state: 'mended',
  mended: ['host-name'],
  ...(OPEN.fault && { fault: { ...OPEN.fault, cause: 'L’adresse de la base portait un nom d’hôte qu’aucun service n’avait.' } }),
  verdict: { verdict: 'met' },
};

test('opens a workshop, shows what is seen, refuses a repair, and tells the cause once it is mended', async ({ stage, lesson, page }) => {
  await lesson.open(stage.origin, '/fr/1.5/');
  const workshop = page.locator('escale-workshop');
  const button = (name: string) => workshop.getByRole('button', { name });
  await expect(workshop).toContainText('L’atelier s’ouvre quand le labo est prêt');

  stage.workbench.setWorkshop(CLOSED_WORKSHOP);
  await button('Ouvrir l’atelier').click();
  await expect.poll(() => stage.workbench.asked).toContain('workshop start');
  stage.workbench.setWorkshop({ ...CLOSED_WORKSHOP, doing: 'copie du projet' });
  await expect(workshop).toContainText('copie du projet');
  await expect(button('Ouvrir l’atelier')).toHaveAttribute('aria-disabled', 'true');

  stage.workbench.setWorkshop(OPEN);
  await expect(workshop).toContainText('en panne');
  await expect(workshop).toContainText('s’arrête avec le code 1');
  const second = workshop.locator('.hint').nth(1);
  await second.locator('summary').click();
  await button('Vérifier la réparation').click();
  await expect.poll(() => stage.workbench.asked).toContain('workshop check');

  stage.workbench.setWorkshop(REFUSED);
  await expect(workshop).toContainText('la base a été recréée');
  await expect(second).toHaveAttribute('open');
  await expect(button('Vérifier la réparation')).toBeFocused();
  await expectAccessible(page);

  stage.workbench.setWorkshop(MENDED);
  await expect(workshop).toContainText('Réparé, preuve faite');
  await expect(workshop).toContainText('qu’aucun service n’avait');
  await button('Une autre panne').click();
  await expect.poll(() => stage.workbench.asked.filter((one) => one === 'workshop start')).toHaveLength(2);
});

test('says why a workshop could not be opened', async ({ stage, lesson, page }) => {
  await lesson.open(stage.origin, '/fr/1.5/');
  stage.workbench.setWorkshop({
    ...CLOSED_WORKSHOP,
    problem: {
      code: 'workshop.not-ready',
      message: 'Votre projet n’a pas encore de fichier Compose.',
      hint: 'Atteignez d’abord la tâche 1.4.',
    },
  });
  await expect(page.locator('escale-workshop .problem')).toHaveText(
    'Votre projet n’a pas encore de fichier Compose. Atteignez d’abord la tâche 1.4.',
  );
});

for (const task of ['1.2', '1.4']) {
  test(`draws the stack of ${task}, and tells it in sentences`, async ({ stage, lesson, page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await lesson.open(stage.origin, `/fr/${task}/`);
    const figure = page.locator('figure.stack');
    await expect(figure).toHaveAccessibleName(/réseau/);
    await expect(figure).toHaveAccessibleDescription(/L’hôte est le labo\. .*postgres/);
    const cut = await figure
      .locator('code, small, b')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).length);
    expect(cut).toBe(0);
    expect(await figure.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
    await expectAccessible(page);
  });
}
