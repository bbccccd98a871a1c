import type { LabChange } from '../../contract/lab.ts';
import { MIXED, READY } from './support/states.ts';
import { expect, expectAccessible, test } from './support/test.ts';

const NAME = 'solo-2026-11-29T10-00-00.000Z.reset.tar';
const archive = { name: NAME, at: '2026-11-29T10:00:00.000Z', bytes: 5 * 2 ** 20, cause: 'reset' as const };
const RESETTING: LabChange = {
  id: 'one',
  kind: 'reset',
  state: 'running',
  steps: [
    { id: 'archive', state: 'done', tookMs: 400 },
    { id: 'stop', state: 'running' },
    { id: 'empty', state: 'todo' },
    { id: 'start', state: 'todo' },
    { id: 'project', state: 'todo' },
  ],
};
const RESET: LabChange = {
  ...RESETTING,
  state: 'done',
  steps: RESETTING.steps.map(({ id }) => ({ id, state: 'done', tookMs: 400 })),
  archive: { ...archive, path: `/var/lib/escale/archives/${NAME}` },
};

test.describe('a project that is replaced', () => {
  test('tells each step of a reset, then where the archive is, and gives it back', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    stage.workbench.setLab({ ...READY, change: RESETTING });
    const box = lesson.lab.locator('.change');
    await expect(box.getByRole('listitem')).toHaveCount(5);
    await expect(box).toContainText('Le labo se remet à zéro');
    await expect(box.locator('.now')).toContainText('Arrêter le labo et ses conteneurs');
    await expect(page.locator('#annonces')).toContainText('Arrêter le labo et ses conteneurs');
    await expect(box.getByRole('button')).toHaveCount(0);
    await expectAccessible(page);
    stage.workbench.setLab({ ...READY, change: RESET });
    await expect(box).toContainText(`/var/lib/escale/archives/${NAME}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await box.getByRole('button', { name: 'Rendre ce projet' }).click();
    await expect.poll(() => stage.workbench.asked).toContain(`restore ${NAME}`);
    await box.getByRole('button', { name: 'Fermer' }).click();
    await expect(box).toHaveCount(0);
    // Another frame about the lab does not bring it back, nor does a reload.
    stage.workbench.setLab({ ...READY, change: RESET, memory: undefined });
    await page.reload();
    await lesson.ready();
    await expect(box).toHaveCount(0);
  });

  test('archived projects are listed from the question of a reset, by keyboard, and given back', async ({ stage, lesson, page }) => {
    stage.workbench.archived = [archive];
    await lesson.open(stage.origin);
    await lesson.ready();
    await page.getByRole('button', { name: 'Remettre à zéro' }).click();
    await lesson.question.getByRole('button', { name: 'Projets archivés' }).press('Enter');
    await expect(lesson.question).toHaveCount(0);
    const dialog = page.getByRole('dialog', { name: 'Projets archivés' });
    await expect(dialog.getByRole('listitem')).toContainText('avant une remise à zéro, 5 Mo');
    await expect(dialog).toContainText('/var/lib/escale/archives');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Rendre le projet archivé' }).click();
    await expect(dialog).toHaveCount(0);
    expect(stage.workbench.asked).toContain(`restore ${NAME}`);
    expect(stage.workbench.asked).not.toContain('reset');
  });

  for (const [where, viewport] of [
    ['beside the lab', { width: 1280, height: 800 }],
    ['on a phone', { width: 390, height: 844 }],
  ] as const) {
    test(`a lesson says what it builds on and the project lacks, and offers it, ${where}`, async ({ stage, lesson, page }) => {
      await page.setViewportSize(viewport);
      await lesson.open(stage.origin, '/fr/1.4/');
      // On a phone, the page talks to the lab once its terminal was opened.
      if (viewport.width < 600) {
        await lesson.strip.getByRole('button', { name: 'Terminal' }).click();
        await page.getByRole('button', { name: 'Leçon', exact: true }).click();
      }
      await expect.poll(() => stage.workbench.asked).toContain('watch 1.4');
      const offer = page.getByRole('group', { name: 'Point de départ de la leçon' });
      stage.workbench.tellBase({ task: '1.4', empty: false, missing: ['Dockerfile'] });
      await expect(offer).toContainText('votre projet n’a pas encore Dockerfile');
      await expectAccessible(page);
      await offer.getByRole('button', { name: 'Plus tard' }).click();
      await expect(offer).toHaveCount(0);
      stage.workbench.tellBase({ task: '1.4', empty: true, missing: ['Dockerfile'] });
      await expect(offer).toContainText('Votre projet est vide, et cette leçon part de l’état d’après 1.3');
      await offer.getByRole('button', { name: 'Poser l’état d’avant 1.4' }).click();
      await expect.poll(() => stage.workbench.asked).toContain('state-before 1.4');
      const steps: LabChange['steps'] = [
        { id: 'archive', state: 'done', tookMs: 10 },
        { id: 'project', state: 'running' },
      ];
      const change: LabChange = { id: 'two', kind: 'state', task: '1.4', state: 'running', steps };
      stage.workbench.setLab({ ...READY, change });
      const box = page.locator('escale-base .change');
      await expect(box.locator('.now')).toContainText('Poser l’état d’avant 1.4');
      await expect(offer).toHaveCount(0);
      stage.workbench.tellBase({ task: '1.4', empty: false, missing: [] });
      stage.workbench.setLab({ ...READY, change: { ...change, state: 'done', archive: null } });
      await expect(box).toContainText('L’état de départ est en place');
      await expectAccessible(page);
      await box.getByRole('button', { name: 'Fermer' }).click();
      await expect(offer).toHaveCount(0);
    });
  }
});

test.describe('a trial', () => {
  const trials = MIXED.map((verdict) => (verdict.judge === 'trial' ? { ...verdict, act: 'health' } : verdict));
  const [last] = trials.slice(-1);
  const both = last === undefined ? trials : [...trials, { ...last, id: '1.3/another-trial', title: 'Un autre critère du même essai' }];

  test('has one button for all criteria of its act, and tells its step and its time', async ({ stage, lesson, page }) => {
    stage.workbench.setVerdicts(both);
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(page.getByRole('button', { name: 'Lancer l’essai' })).toHaveCount(1);
    await expect(lesson.criterion('1.3/another-trial')).toContainText('Même essai que « Le bilan de santé échoue');
    await page.getByRole('button', { name: 'Lancer l’essai' }).click();
    await expect.poll(() => stage.workbench.asked).toContain('trial 1.3/healthcheck-trial');
    const at = page.locator('.trial-at');
    await expect(at).toContainText('L’essai commence, depuis');
    const criteria = ['1.3/healthcheck-trial', '1.3/another-trial'];
    stage.workbench.tellTrial({ criteria, step: 'Les images se construisent', elapsedMs: 42_000, usualMs: 90_000 });
    await expect(at).toHaveText(/^Les images se construisent, depuis 4\d\ss\s; d’ordinaire, l’essai prend 1\smin\s30\ss\.$/u);
    await expect(at).toHaveText(/depuis 43\ss/u);
    await expect(page.locator('#annonces')).toContainText('Les images se construisent');
    await expectAccessible(page);
    stage.workbench.tellTrial(null);
    await expect(at).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Lancer l’essai' })).toHaveCount(1);
  });
});
