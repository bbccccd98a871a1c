import type { LabStatus } from '../../contract/lab.ts';
import type { Stage } from './support/stage.ts';
import {
  ALL_MET,
  ASLEEP,
  ENGINE_STOPPED,
  FAILED,
  MIXED,
  NO_ENGINE,
  PREPARING,
  READY,
  STARTING,
  STOPPED,
  UNTOUCHED,
} from './support/states.ts';
import { expect, expectAccessible, test } from './support/test.ts';

const PANELS: readonly {
  name: string;
  lab: LabStatus;
  setup?: typeof NO_ENGINE;
  title: string;
  says: string;
  status: string;
  act?: string;
}[] = [
  { name: 'starting', lab: STARTING, title: 'Le labo démarre', says: 'Moteur Docker', status: 'Labo en démarrage' },
  { name: 'stopped', lab: STOPPED, title: 'Le labo est arrêté', says: 'intacts', status: 'Labo arrêté', act: 'Démarrer le labo' },
  { name: 'asleep', lab: ASLEEP, title: 'Le labo se réveille', says: 'faute d’usage', status: 'Labo endormi' },
  {
    name: 'failed',
    lab: FAILED,
    title: 'Le labo n’a pas pu démarrer',
    says: 'kernel.unprivileged_userns_clone',
    status: 'Labo en échec',
    act: 'Essayer de nouveau',
  },
  {
    name: 'without an engine',
    lab: STOPPED,
    setup: NO_ENGINE,
    title: 'Il manque de quoi faire tourner le labo',
    says: 'sudo apt-get install docker.io',
    status: 'Labo impossible ici',
  },
  {
    name: 'being prepared',
    lab: STOPPED,
    setup: PREPARING,
    title: 'Le labo se prépare',
    says: 'Paquets de Debian, 148 sur 212',
    status: 'Labo en préparation',
  },
];

test.describe('the lab when it is unavailable', () => {
  for (const { name, lab, setup, title, says, status, act } of PANELS) {
    test(`${name}: is shown, and is accessible`, async ({ stage, lesson, page }) => {
      if (setup) stage.workbench.setSetup(setup);
      stage.workbench.setLab(lab);
      await lesson.open(stage.origin);
      await expect(lesson.panel.getByRole('heading')).toHaveText(title);
      await expect(lesson.panel).toContainText(says);
      await expect(page.locator('.status')).toContainText(status);
      // Panels have the colours of the page, which is checked in both themes.
      await expectAccessible(page);
      if (act !== undefined) {
        await lesson.panel.getByRole('button', { name: act }).click();
        await expect.poll(() => stage.workbench.asked).toContain('start');
      }
      await lesson.runButton('ls -A').click();
      await expect(page.locator('.term-note')).toContainText('rien n’a été tapé');
      stage.workbench.setSetup({ steps: [] });
      stage.workbench.setLab(READY);
      await expect(lesson.panel).toHaveCount(0);
      await lesson.ready();
    });
  }

  const image = (name: string, ready: boolean) => ({ name, origin: 'built' as const, ready });
  test('what is typed while the lab wakes is typed in its terminal', async ({ stage, lesson, page }) => {
    stage.workbench.setLab(ASLEEP);
    await lesson.open(stage.origin);
    const panel = lesson.panel;
    await expect(panel).toContainText('Le labo se réveille');
    await page.keyboard.press('F6');
    await expect(panel).toBeFocused();
    await page.keyboard.type('echo woX');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('ken');
    await expect(panel).toContainText('Tapé d’avance');
    stage.workbench.setLab(STARTING);
    await expect(panel).toContainText('Le labo démarre');
    await expect(panel).toBeFocused();
    await page.keyboard.press('Enter');
    stage.workbench.setLab(READY);
    await lesson.ready();
    await lesson.expectText(/\nwoken/);
    await expect(lesson.terminal.locator('.xterm-helper-textarea')).toBeFocused();
  });

  test('a command of the lesson waits for a lab that wakes', async ({ stage, lesson, page }) => {
    stage.workbench.setLab(ASLEEP);
    await lesson.open(stage.origin);
    await expect(lesson.panel).toContainText('Le labo se réveille');
    await page.getByRole('button', { name: 'Exécuter' }).first().click();
    stage.workbench.setLab(READY);
    await lesson.ready();
    await expect.poll(() => lesson.text()).toMatch(/\$ \S/);
  });

  test('the status bar lists the images that the lab can pull', async ({ stage, lesson, page }) => {
    stage.workbench.setSetup({ steps: [], images: [image('python:3.11-slim', true), image('postgres:15-alpine', false)] });
    await lesson.open(stage.origin);
    const list = page.getByRole('dialog', { name: 'Images du cours' });
    await expect(list).toBeHidden();
    await page.getByRole('button', { name: '1 image du cours sur 2' }).click();
    await expect(list.getByRole('listitem')).toHaveText(['python:3.11-slim', 'postgres:15-alpine en préparation']);
    await expect(list).toContainText('Construites sur cette machine');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
  });

  test('a stopped engine keeps the terminal and offers to start it', async ({ stage, lesson, page }) => {
    stage.workbench.setLab(ENGINE_STOPPED);
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(page.locator('.status')).toContainText('Moteur arrêté');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Démarrer le moteur' }).click();
    await expect.poll(() => stage.workbench.asked).toContain('start-engine');
    stage.workbench.setLab(READY);
    await expect(page.getByRole('button', { name: 'Démarrer le moteur' })).toHaveCount(0);
  });

  test('is reset after confirmation, and reports a failure', async ({ stage, lesson, page }) => {
    await lesson.open(stage.origin);
    await lesson.ready();
    const reset = page.getByRole('button', { name: 'Remettre à zéro' });
    await reset.click();
    await lesson.question.getByRole('button', { name: 'Annuler' }).click();
    await expect(reset).toBeFocused();
    await reset.click();
    await expect(lesson.question).toContainText('Votre projet est archivé');
    await expectAccessible(page);
    await lesson.question.getByRole('button', { name: 'Remettre à zéro' }).click();
    await expect.poll(() => stage.workbench.asked).toContain('reset');
    expect(stage.workbench.asked.filter((asked) => asked === 'reset')).toHaveLength(1);
    stage.workbench.fail({
      code: 'lab.disk',
      message: 'Le disque du labo est plein.',
      hint: '« docker system prune » retire ce qui ne sert plus.',
    });
    await expect(page.locator('.term-note')).toHaveText('Le disque du labo est plein. docker system prune retire ce qui ne sert plus.');
    await expect(page.locator('.term-note code')).toHaveText('docker system prune');
    await expectAccessible(page);
  });

  test('the open text stays while the lab is stopped', async ({ stage, lesson, page }) => {
    await writeFile(stage, 'A=1\n');
    await lesson.open(stage.origin);
    await page.getByRole('treeitem', { name: '.env' }).click();
    await expect(page.locator('escale-editor .cm-content')).toContainText('A=1');
    stage.workbench.setLab(STOPPED);
    await expect(lesson.panel).toBeVisible();
    await expect(page.locator('escale-editor .cm-content')).toContainText('A=1');
    await expectAccessible(page);
  });

  test('locked server: the token is read from the address and removed from it', async ({ page }) => {
    const { Stage } = await import('./support/stage.ts');
    const stage = await Stage.open({ locked: true });
    try {
      await page.goto(`${stage.origin}/fr/1.3/`);
      await expect(page.locator('.start')).toContainText('Cette page n’a pas la clé du labo');
      await expectAccessible(page);
      // As if pasted over the address of the open page.
      await page.goto(`${stage.origin}/fr/1.3/#token=${stage.token}`);
      await expect(page.locator('escale-terminal')).toHaveAttribute('data-state', 'attached');
      expect(page.url()).not.toContain('token');
      // The address as printed, then back to the last lesson read.
      await page.goto('about:blank');
      await page.goto(`${stage.origin}/#token=${stage.token}`);
      await page.getByRole('region', { name: 'Reprendre' }).getByRole('link').click();
      await expect(page.locator('escale-terminal')).toHaveAttribute('data-state', 'attached');
      expect(page.url()).not.toContain('token');
    } finally {
      await stage.close();
    }
  });
});

test.describe('verdicts', () => {
  test('each has its shape, its word and its text; observed text is never HTML', async ({ stage, lesson, page }) => {
    stage.workbench.setVerdicts(MIXED);
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(lesson.criterion('1.3/slim-base').locator('.word')).toHaveText('atteint');
    await expect(lesson.criterion('1.3/slim-base').locator('.remarks')).toContainText('L’étiquette slim change');
    await expect(lesson.criterion('1.3/small-image').locator('.word')).toHaveText('indéterminé');
    await expect(lesson.criterion('1.3/entry-point').locator('.word')).toHaveText('à faire');
    await expect(lesson.criterion('1.3/healthcheck-trial').locator('.word')).toHaveText('en attente');
    const unmet = lesson.criterion('1.3/non-root');
    await expect(unmet.locator('dl')).toContainText('<img src=x onerror=alert(1)>');
    await expect(unmet.locator('img')).toHaveCount(0);
    await expect(unmet.locator('dd').nth(2)).toHaveText('Dockerfile, ligne 23Ouvrir');
    await unmet.getByText('Ce que le vérificateur a vu').click();
    await expect(unmet.locator('.seen pre')).toContainText('sha256:5be1d0');
    await expect(lesson.strip).toContainText('2 critères sur 6');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  });

  test('a new look keeps unfolded details, moves nothing, and is announced', async ({ stage, lesson, page }) => {
    stage.workbench.setVerdicts(MIXED);
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(lesson.strip).toContainText('2 critères sur 6');
    await lesson.criterion('1.3/non-root').getByText('Ce que le vérificateur a vu').click();
    await page.locator('.lesson-scroll').evaluate((element) => element.scrollTo(0, 0));
    await page.evaluate(() => {
      Reflect.set(window, 'shift', 0);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
      }).observe({ type: 'layout-shift' });
    });
    stage.workbench.setVerdicts(MIXED.map((verdict) => (verdict.id === '1.3/cache-order' ? { ...verdict, points: 3 } : verdict)));
    await expect(lesson.strip).toContainText('5 points');
    await expect(lesson.criterion('1.3/non-root').locator('.seen pre')).toBeVisible();
    expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBe(0);
    stage.workbench.setVerdicts(ALL_MET);
    await expect(lesson.strip).toContainText('6 critères sur 6');
    await expect(page.locator('#annonces')).toContainText('6 critères sur 6');
  });

  test('before anything is begun, criteria are to do, and their hints wait for « Vérifier »', async ({ stage, lesson, page }) => {
    stage.workbench.setVerdicts(UNTOUCHED);
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(lesson.criterion('1.3/non-root').locator('.pts')).toContainText('–');
    await expect(page.locator('.crit .word')).toHaveText(['à faire', 'à faire']);
    await expect(page.locator('.crit :is(.diag, .why)')).toHaveCount(0);
    await lesson.strip.getByRole('button', { name: 'Vérifier' }).click();
    await expect.poll(() => stage.workbench.asked).toContain('check 1.3');
    stage.workbench.setVerdicts(UNTOUCHED);
    await expect(page.locator('[data-checked]')).toContainText(
      /^Vérifié à \d+\u00a0h.* aucun critère sur 2, rien n’est encore commencé\.$/,
    );
    await expect(lesson.criterion('1.3/non-root').locator('.diag')).toContainText('piste');
    await expect(lesson.criterion('1.3/non-root').locator('.word')).toHaveText('à faire');
    await expectAccessible(page);
  });

  test('« Vérifier » says what it saw and what changed; when all is met, the one filled button leads on', async ({
    stage,
    lesson,
    page,
  }) => {
    stage.workbench.setVerdicts(MIXED);
    await lesson.open(stage.origin);
    await lesson.ready();
    await expect(page.locator('.strip .next')).toBeHidden();
    await lesson.strip.getByRole('button', { name: 'Vérifier' }).click();
    await expect(lesson.strip).toContainText('vérification…');
    stage.workbench.setVerdicts(ALL_MET);
    await expect(lesson.strip).toContainText(/6 critères sur 6 · vérifié à .*, 4 de plus/);
    await expect(page.locator('#annonces')).toContainText('4 de plus');
    await expect(page.locator('.btn.primary:visible')).toHaveText(['Continuer\u202f: 1.4']);
    await expectAccessible(page);
    await lesson.strip.getByRole('link', { name: 'Continuer' }).click();
    await expect(page).toHaveTitle(/^1\.4/);
  });

  test('« Vérifier » and a trial send requests to the server', async ({ stage, lesson, page }) => {
    stage.workbench.setVerdicts(MIXED);
    await lesson.open(stage.origin);
    await lesson.ready();
    await lesson.strip.getByRole('button', { name: 'Vérifier' }).click();
    await expect.poll(() => stage.workbench.asked).toContain('check 1.3');
    await lesson.criterion('1.3/healthcheck-trial').getByRole('button', { name: 'Lancer l’essai' }).click();
    await expect.poll(() => stage.workbench.asked).toContain('trial 1.3/healthcheck-trial');
    await expect(lesson.criterion('1.3/healthcheck-trial').getByRole('button')).toHaveText('Essai en cours…');
    await expectAccessible(page);
  });
});

test.describe('two versions of a file', () => {
  for (const [where, width] of [
    ['side by side', 1440],
    ['one above the other on a phone, nothing to the side', 390],
  ] as const) {
    test(where, async ({ stage, lesson, page }) => {
      await page.setViewportSize({ width, height: 844 });
      const version = await writeFile(stage, 'A=1\nB=2\n');
      await page.route('**/api/files/content', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
      await lesson.open(stage.origin);
      if (width < 700) {
        await lesson.strip.getByRole('button', { name: 'Terminal' }).click();
        await page.getByRole('button', { name: 'Fichiers' }).click();
      }
      await page.getByRole('treeitem', { name: '.env' }).click();
      const text = page.locator('escale-editor .cm-content');
      await text.focus();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('À_MOI=oui');
      await writeFile(stage, 'A=au disque, avec une ligne assez longue pour ne pas tenir\nB=2\n', version);
      stage.workbench.tellFiles(['.env']);
      await page.getByRole('button', { name: 'Comparer' }).click();
      const mine = page.getByRole('textbox', { name: /^Votre version/ });
      await expect(mine).toContainText('À_MOI=oui');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
      }
      const layer = page.locator('escale-editor [data-layer="compare"]');
      expect(await layer.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
      await page.getByRole('button', { name: 'Prendre ce passage du disque' }).first().click();
      await page.unroute('**/api/files/content');
      await page.getByRole('button', { name: /^Enregistrer/ }).click();
      await expect(page.locator('escale-editor .saved')).toHaveText('enregistré');
      const saved = (await (await stage.workbench.agent()).readFile('.env')).text;
      expect(saved).toMatch(/^A=au disque, [^\n]+\nB=2\nÀ_MOI=oui$/);
    });
  }
});

/** Writes the project's `.env` as the lab would, replacing `version`. */
async function writeFile(stage: Stage, text: string, version: string | null = null): Promise<string> {
  return (await (await stage.workbench.agent()).writeFile({ path: '.env', text, version })).version;
}
