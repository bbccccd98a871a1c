import { test } from './support/test.ts';

const FAULT = {
  id: 'host-name',
  symptom: 'La base démarre et va bien. Le pipeline s’arrête avec le code 1 avant d’avoir chargé une ligne.',
  hints: [
    'Le journal du pipeline dit ce qu’il cherchait : `docker compose logs etl`.',
    'Comparez les noms.',
    'Changez l’hôte de `DATABASE_URL`.',
  ],
};
const BASE = { folder: '~/atelier', mended: ['x'], of: 7 };
test('shots', async ({ stage, page }) => {
  test.setTimeout(400_000);
  stage.workbench.setWorkshop({
    ...BASE,
    state: 'open',
    fault: FAULT,
    verdict: {
      verdict: 'not-met',
      evidence: 'ligne du journal',
      diagnosis: {
        code: 'lost.data',
        expected: 'la copie démarre d’elle-même, charge les données de la source, et n’a rien perdu de ce qu’elle avait',
        observed: 'la table `livre_de_bord`, qui était dans la base avant la panne, n’y est plus : la base a été recréée',
        where: { service: 'postgres' },
        look: '`docker compose down -v` et `docker volume rm` effacent les données avec la panne. Remettez la panne, et réparez-la sans toucher au volume.',
      },
    },
  });
  const shot = (name: string, sel: string) =>
    page
      .locator(sel)
      .screenshot({ path: `/tmp/w-ws/shots/${name}.png`, animations: 'disabled' })
      .catch((e) => console.log(name, String(e).slice(0, 200)));
  for (const [w, h, size] of [
    [1280, 800, 'laptop'],
    [390, 844, 'phone'],
  ] as const) {
    await page.setViewportSize({ width: w, height: h });
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const t of size === 'laptop' || scheme === 'light' ? ['1.4', '1.2', '1.5'] : ['1.4']) {
        await page.goto(`${stage.origin}/fr/${t}/`, { waitUntil: 'domcontentloaded' });
        if (t === '1.5') await page.locator('escale-workshop .diag').waitFor();
        await shot(`${t}-${size}-${scheme}`, t === '1.5' ? 'escale-workshop' : 'figure.stack');
      }
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await page.goto(`${stage.origin}/fr/1.2/`, { waitUntil: 'domcontentloaded' });
  await shot('1.2-print', 'figure.stack');
});
