import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { LessonPage } from '../../e2e/support/lesson-page.ts';
import type { BenchStage } from './bench-stage.ts';
import { probe } from './probe.ts';

/** The time that a loaded machine may need. */
const SLOW_MS = 120_000;

/** A page with a shell in front that receives keys. The same interface for the product and for the plain page. */
export interface BenchTerminal {
  readonly page: Page;
  /** Resolves once the screen or its scrollback contains the text. */
  shows(text: string | RegExp, withinMs: number): Promise<void>;
  /** Runs a command in another shell, which is in the background. */
  beside(line: string): Promise<void>;
}

/** Both terminals, one after the other and never at the same time. */
export async function* bothTerminals(stage: BenchStage): AsyncGenerator<readonly ['escale' | 'plain', BenchTerminal]> {
  for (const [name, open] of [
    ['escale', ofEscale],
    ['plain', ofPlain],
  ] as const) {
    const terminal = await open(stage);
    try {
      yield [name, terminal];
    } finally {
      await terminal.page.close();
    }
  }
}

/** Opens the lesson that always exists. */
export async function ofEscale(stage: BenchStage): Promise<BenchTerminal> {
  const { server } = await stage.lab();
  const page = await newPage(stage);
  const lesson = new LessonPage(page);
  await lesson.open(server.origin);
  await attached(page);
  await lesson.type('PS1="$ "; clear');
  const shows = showing(() => lesson.text());
  await shows(/^\$$/, SLOW_MS);
  return {
    page,
    shows,
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
  await page.waitForFunction(() => Reflect.has(window, 'terminalText'));
  const shows = showing(() => page.evaluate(() => (Reflect.get(window, 'terminalText') as () => string)()));
  await shows(/\$$/, SLOW_MS);
  return {
    page,
    shows,
    beside: (line) => page.evaluate((words) => (Reflect.get(window, 'openSecond') as (line: string) => Promise<void>)(words), line),
  };
}

async function attached(page: Page): Promise<void> {
  await page.locator('escale-terminal:not([hidden])[data-state=attached]').waitFor();
}

function showing(text: () => Promise<string>): (wanted: string | RegExp, withinMs: number) => Promise<void> {
  return async (wanted, withinMs) => {
    const until = performance.now() + withinMs;
    for (;;) {
      const now = await text();
      if (typeof wanted === 'string' ? now.includes(wanted) : wanted.test(now)) return;
      if (performance.now() > until)
        throw new Error(`the terminal does not show ${wanted} within ${withinMs / 1000} s, but « ${now.slice(-200)} »`);
      await sleep(20);
    }
  };
}

async function newPage(stage: BenchStage): Promise<Page> {
  const page = await (await stage.browser()).newPage({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR' });
  page.setDefaultTimeout(SLOW_MS);
  await probe(page);
  return page;
}
