import type { Page } from '@playwright/test';
import { packProject } from '../../../server/projects/pack-project.ts';
import { projectAfter } from '../../../server/projects/project-states.ts';
import { LessonPage } from '../../e2e/support/lesson-page.ts';
import type { Metric } from '../definitions.ts';
import { tenths } from '../percentiles.ts';
import type { BenchStage } from '../stage/bench-stage.ts';

const WITHIN_MS = 120_000;

export const scripts: Metric = {
  name: 'scripts',
  what: 'JavaScript of a lesson as it is sent, compressed, before the workbench opens and with terminal and editor',
  needs: ['lab', 'browser'],
  withinMs: 10 * 60_000,
  async measure({ stage, say }) {
    const { server, agent } = await stage.lab();
    await agent.putTree(packProject(await projectAfter('1.1')));
    // On a narrow page only the lesson is shown, and the workbench loads on demand.
    const closed = await weigh(stage, 800, async (page) => {
      await page.goto(`${server.origin}/fr/1.3/`, { waitUntil: 'networkidle' });
    });
    say(`before the workbench: ${closed.files} files`);
    const open = await weigh(stage, 1440, async (page) => {
      const lesson = new LessonPage(page);
      await lesson.open(server.origin);
      await lesson.terminal.locator('.xterm-screen').waitFor();
      // The editor's code is loaded with the first file.
      await page.getByRole('treeitem').first().waitFor();
      await page
        .getByRole('treeitem', { name: /^\w+\.\w+/ })
        .first()
        .click();
      await page.locator('escale-editor .cm-content').first().waitFor();
      await page.waitForLoadState('networkidle');
    });
    say(`with terminal and editor: ${open.files} files`);
    return [
      { name: 'before the workbench', value: closed.kilobytes, unit: 'kB', target: { atMost: 20 } },
      { name: 'with terminal and editor', value: open.kilobytes, unit: 'kB', target: { atMost: 300 } },
    ];
  },
};

/** The total size of all scripts that the page requested, as transferred. */
async function weigh(
  stage: BenchStage,
  width: number,
  visit: (page: Page) => Promise<void>,
): Promise<{ files: number; kilobytes: number }> {
  const page = await (await stage.browser()).newPage({ viewport: { width, height: 900 }, locale: 'fr-FR' });
  page.setDefaultTimeout(WITHIN_MS);
  const sizes = new Map<string, Promise<number>>();
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      sizes.set(
        request.url(),
        request.sizes().then(({ responseBodySize }) => responseBodySize),
      );
  });
  try {
    await visit(page);
    const weights = await Promise.all(sizes.values());
    return { files: weights.length, kilobytes: tenths(weights.reduce((sum, weight) => sum + weight, 0) / 1000) };
  } finally {
    await page.close();
  }
}
