import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { packProject } from '../../../server/projects/pack-project.ts';
import { projectAfter } from '../../../server/projects/project-states.ts';
import { LessonPage } from '../../e2e/support/lesson-page.ts';
import type { Metric } from '../definitions.ts';
import { tenths } from '../percentiles.ts';
import type { BenchStage } from '../stage/bench-stage.ts';

export const scripts: Metric = {
  name: 'scripts',
  what: 'JavaScript of a lesson, gzipped, before the workbench opens and with terminal and editor; kB',
  async measure(stage, say) {
    const { server, agent } = await stage.lab();
    await agent.putTree(packProject(await projectAfter('1.1')));
    const closed = await weigh(stage, 800, async (page) => {
      await page.goto(`${server.origin}/fr/1.3/`, { waitUntil: 'networkidle' });
    });
    const open = await weigh(stage, 1440, async (page) => {
      const lesson = new LessonPage(page);
      await lesson.open(server.origin);
      await lesson.terminal.locator('.xterm-screen').waitFor({ timeout: 60_000 });
      // The editor's code comes with the first file.
      await page.getByRole('treeitem').first().waitFor();
      await page
        .getByRole('treeitem', { name: /^\w+\.\w+/ })
        .first()
        .click();
      await page.locator('escale-editor .cm-content').first().waitFor();
      await page.waitForLoadState('networkidle');
    });
    say(JSON.stringify({ closed, open }));
    return { beforeTheWorkbench: closed, withTerminalAndEditor: open };
  },
};

/** Every script that the page asked for; on a narrow page the lesson stands alone, and the workbench waits to be asked for. */
async function weigh(
  stage: BenchStage,
  width: number,
  visit: (page: Page) => Promise<void>,
): Promise<{ files: number; kilobytes: number }> {
  const page = await (await stage.browser()).newPage({ viewport: { width, height: 900 }, locale: 'fr-FR' });
  const bodies = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.set(response.url(), response.body());
  });
  await visit(page);
  const weights = (await Promise.all(bodies.values())).map((body) => gzipSync(body, { level: 9 }).length);
  await page.close();
  return { files: weights.length, kilobytes: tenths(weights.reduce((sum, weight) => sum + weight, 0) / 1000) };
}
