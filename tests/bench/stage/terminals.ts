import type { Page } from '@playwright/test';
import { LessonPage } from '../../e2e/support/lesson-page.ts';
import type { BenchStage } from './bench-stage.ts';
import { probe } from './probe.ts';

/** A page with a shell in front that takes keys; the product's and the plain one answer to the same words. */
export interface BenchTerminal {
  readonly page: Page;
  text(): Promise<string>;
  /** Another shell, not in front, runs this line. */
  beside(line: string): Promise<void>;
}

/** Both, one after the other: never at once on the same machine. */
export async function* bothTerminals(stage: BenchStage): AsyncGenerator<readonly ['escale' | 'plain', BenchTerminal]> {
  for (const [name, open] of [
    ['escale', ofEscale],
    ['plain', ofPlain],
  ] as const) {
    const terminal = await open(stage);
    yield [name, terminal];
    await terminal.page.close();
  }
}

/** The lesson that has always been there. */
export async function ofEscale(stage: BenchStage): Promise<BenchTerminal> {
  const { server } = await stage.lab();
  const page = await newPage(stage);
  const lesson = new LessonPage(page);
  await lesson.open(server.origin);
  await attached(page);
  await lesson.type('PS1="$ "; clear');
  await lesson.expectText(/^\$$/);
  return {
    page,
    text: () => lesson.text(),
    async beside(line) {
      await page.getByRole('button', { name: 'Nouveau terminal' }).click();
      await attached(page);
      await lesson.type(line);
      await page.getByRole('tab', { name: /Terminal 1/ }).click();
      await attached(page);
      await lesson.terminal.locator('.xterm-helper-textarea').focus();
    },
  };
}

async function ofPlain(stage: BenchStage): Promise<BenchTerminal> {
  const { origin } = await stage.plain();
  const page = await newPage(stage);
  await page.goto(origin);
  await page.waitForFunction(() => (Reflect.get(window, 'terminalText') as (() => string) | undefined)?.().includes('$'));
  return {
    page,
    text: () => page.evaluate(() => (Reflect.get(window, 'terminalText') as () => string)()),
    beside: (line) => page.evaluate((words) => (Reflect.get(window, 'openSecond') as (line: string) => Promise<void>)(words), line),
  };
}

/** As long as a loaded machine may take. */
async function attached(page: Page): Promise<void> {
  await page.locator('escale-terminal:not([hidden])[data-state=attached]').waitFor({ timeout: 60_000 });
}

async function newPage(stage: BenchStage): Promise<Page> {
  const page = await (await stage.browser()).newPage({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR' });
  await probe(page);
  return page;
}
