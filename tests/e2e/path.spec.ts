import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { type WorkspaceServerFrame, workspaceServerFrameSchema } from '../../contract/workspace.ts';
import { LessonPage } from './support/lesson-page.ts';
import { RealServer } from './support/real-server.ts';
import { expect, test, watchForFaults } from './support/test.ts';

/** The lab's image may have to be built first. */
const LAB_READY_MS = 280_000;

test.describe('the path, with a real server, a real lab and a real engine', () => {
  const server = new RealServer();

  test.beforeAll(async () => {
    test.setTimeout(LAB_READY_MS);
    await server.start();
  });

  test.afterAll(async () => {
    test.setTimeout(120_000);
    await server.clean();
  });

  test('from the overview to a shell in the lab, through a kill of the server', async ({ page }) => {
    test.setTimeout(LAB_READY_MS + 120_000);
    const faults = await watchForFaults(page);
    const lesson = new LessonPage(page);
    await page.goto(server.origin);
    await page.getByRole('link', { name: 'Ouvrir la leçon' }).click();
    await expect(page.locator('.status')).toContainText('Labo prêt', { timeout: LAB_READY_MS });
    await lesson.ready();
    await expect(page.locator('.status')).toContainText('espace d’utilisateurs');

    await lesson.runButton('whoami').click();
    await lesson.expectText(/\ndataeng/);
    await lesson.type('docker version --format "moteur: {{.Server.Version}}"');
    await lesson.expectText(/\nmoteur: \d+/);

    await lesson.type('for i in $(seq 1 80); do echo "tour $i."; sleep 0.1; done; echo "tout y est"');
    await lesson.expectText(/tour 10\./);
    await server.kill();
    await expect(lesson.wire).toBeVisible();
    await server.start();
    await expect(lesson.wire).toHaveCount(0, { timeout: 30_000 });
    await lesson.expectText(/\ntout y est/);
    const text = await lesson.text();
    for (let i = 1; i <= 80; i++) expect(text.split(`\ntour ${i}.`), `tour ${i}`).toHaveLength(2);
    await expect(page.locator('.status')).toContainText('Labo prêt');
    expect(await faults()).toEqual([]);
  });

  test('a command clicked as soon as the page is back is typed: a lab that kept running is not restarted', async ({ page }) => {
    test.setTimeout(LAB_READY_MS + 120_000);
    const faults = await watchForFaults(page);
    const told = newsOf(page);
    const lesson = new LessonPage(page);
    await lesson.open(server.origin, '/fr/bienvenue/');
    await expect(page.locator('.status')).toContainText('Labo prêt', { timeout: LAB_READY_MS });
    await lesson.ready();
    const typed = async () => (await lesson.text()).split('\ndataeng\n').length;
    const before = await typed();
    for (let kill = 1; kill <= 2; kill += 1) {
      await server.kill();
      await expect(lesson.wire).toBeVisible();
      told.length = 0;
      await server.start();
      await expect(lesson.wire).toHaveCount(0, { timeout: 30_000 });
      await lesson.ready();
      await lesson.runButton('whoami').click();
      await expect.poll(typed, { timeout: 15_000 }).toBe(before + kill);
      // What the lab needs is prepared before the images of the course.
      await expect.poll(() => told.some(imagesBegun), { timeout: 60_000 }).toBe(true);
      expect(told.flatMap((frame) => (frame.type === 'lab' && frame.lab.state !== 'ready' ? frame.lab.state : []))).toEqual([]);
    }
    expect(await faults()).toEqual([]);
  });

  test('lesson 1.3: from a verdict that names the line to all criteria met, by following the lesson', async ({ page }) => {
    test.setTimeout(LAB_READY_MS + 480_000);
    const faults = await watchForFaults(page);
    const lesson = new LessonPage(page);
    await lesson.open(server.origin);
    await expect(page.locator('.status')).toContainText('Labo prêt', { timeout: LAB_READY_MS });
    await lesson.ready();
    await server.putSolution('1.2');
    const first = lesson.criterion('1.3/dockerfile');
    await expect(lesson.strip).toContainText('aucun critère sur 10', { timeout: 30_000 });
    await expect(first.locator('.word')).toHaveText('à faire');
    await expect(first.locator('dl')).toHaveCount(0);

    await lesson.write(
      'Dockerfile',
      'FROM python:3.11-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "etl_pipeline.py"]\n',
    );
    await expect(first.locator('.word')).toHaveText('atteint', { timeout: 20_000 });
    const order = lesson.criterion('1.3/cache-order');
    await expect(order.locator('.word')).toHaveText('pas atteint');
    await expect(order.locator('dl')).toContainText('Dockerfile, ligne 2');

    for (const file of ['Dockerfile', '.dockerignore', 'src/health.py']) await lesson.write(file, solution(file));
    await expect(order.locator('.word')).toHaveText('atteint', { timeout: 20_000 });
    await lesson.runButton('docker build -t etl:1.3 .').click();
    await expect(lesson.criterion('1.3/image').locator('.word')).toHaveText('atteint', { timeout: 300_000 });
    await expect(lesson.strip).toContainText('9 critères sur 10', { timeout: 60_000 });

    const trial = lesson.criterion('1.3/healthcheck-trial');
    await expect(trial).toContainText('rien ne reste ensuite');
    await trial.getByRole('button', { name: 'Lancer l’essai' }).click();
    // Beside a new database as well.
    await expect(trial.locator('.word')).toHaveText('atteint', { timeout: 240_000 });
    await expect(lesson.strip).toContainText('10 critères sur 10');
    await expect(lesson.strip).toContainText('11 points sur 11');
    expect(await faults()).toEqual([]);
  });
});

/** A file of the reference solution. */
function solution(file: string): string {
  return readFileSync(resolve(import.meta.dirname, '../../lab-stack/solution/1.3', file), 'utf8');
}

/** Collects what the server tells the page about the lab and the preparation, from now on. */
function newsOf(page: Page): WorkspaceServerFrame[] {
  const told: WorkspaceServerFrame[] = [];
  page.on('websocket', (socket) => {
    if (!socket.url().endsWith('/ws/workspace')) return;
    socket.on('framereceived', ({ payload }) => told.push(workspaceServerFrameSchema.parse(JSON.parse(String(payload)))));
  });
  return told;
}

function imagesBegun(frame: WorkspaceServerFrame): boolean {
  return frame.type === 'setup' && frame.setup.steps.some((step) => step.id.startsWith('image ') && step.state !== 'todo');
}
