import type { Locator, Page } from '@playwright/test';
import { LessonPage } from './lesson-page.ts';
import { expect } from './test.ts';

/** Maximum time for a command, which may be a build or a start of containers. */
const COMMAND_MS = 300_000;
const PROMPT = /\$$/;

/** Follows a lesson literally: runs its commands and writes its files, in order. */
export class LessonFollower {
  readonly lesson: LessonPage;
  readonly #page: Page;
  /** The lines of each file that the lesson has shown so far. */
  readonly #shown = new Map<string, Map<number, string>>();
  readonly #unwritten = new Set<string>();

  constructor(page: Page) {
    this.#page = page;
    this.lesson = new LessonPage(page);
  }

  /** `before` is called before each command, with its number in the lesson. */
  async follow(before: (command: number) => Promise<void> = async () => undefined): Promise<void> {
    const steps = this.#page.locator('article .block.cmd[data-command], article figure.block[data-copy]');
    for (let index = 0, command = 0; index < (await steps.count()); index += 1) {
      const step = steps.nth(index);
      if ((await step.getAttribute('data-command')) === null) await this.#read(step);
      else {
        await this.#write();
        await before(++command);
        await this.#run(step);
      }
    }
    await this.#write();
  }

  /** Starts each trial that the lesson offers, one after the other, until every criterion is met. */
  async prove(): Promise<void> {
    for (;;) {
      await expect(this.lesson.strip.locator('.score b')).toHaveText(/\d+ critères? sur \d+/, { timeout: 60_000 });
      const next = this.#page.locator('[data-criterion]').filter({ has: this.#page.getByRole('button', { name: 'Lancer l’essai' }) });
      if ((await next.count()) === 0) break;
      const row = this.lesson.criterion((await next.first().getAttribute('data-criterion')) ?? '');
      await row.getByRole('button', { name: 'Lancer l’essai' }).click();
      await expect(row.locator('.word')).toHaveText('atteint', { timeout: COMMAND_MS });
    }
    await expect(this.#page.locator('[data-criterion] .word')).toHaveText(
      Array.from({ length: await this.#page.locator('[data-criterion]').count() }, () => 'atteint'),
      { timeout: 60_000 },
    );
  }

  /** The lines of a figure. An excerpt carries the line numbers of the whole file. */
  async #read(figure: Locator): Promise<void> {
    const { file, excerpt, lines } = await figure.evaluate((element) => ({
      file: element.querySelector('.file')?.firstChild?.textContent?.trim() ?? '',
      excerpt: element.querySelector('.l[data-n]') !== null,
      lines: [...element.querySelectorAll<HTMLElement>('.l')].map((line, at) => ({
        number: Number(line.dataset.n ?? at + 1),
        text: (line.textContent ?? '').replace(/\n$/, ''),
      })),
    }));
    const known = (excerpt && this.#shown.get(file)) || new Map<number, string>();
    for (const { number, text } of lines) known.set(number, text);
    this.#shown.set(file, known);
    this.#unwritten.add(file);
  }

  async #write(): Promise<void> {
    for (const file of this.#unwritten) {
      const lines = this.#shown.get(file) ?? new Map();
      const last = Math.max(...lines.keys());
      const text = Array.from({ length: last }, (_, at) => `${lines.get(at + 1) ?? ''}\n`).join('');
      await this.#save(file, text);
    }
    this.#unwritten.clear();
  }

  /** Saves as the editor does: replaces the existing version. */
  async #save(path: string, text: string): Promise<void> {
    const status = await this.#page.evaluate(
      async (file) => {
        const { token } = await (await fetch('/api/session', { method: 'POST' })).json();
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const old = await fetch(`/api/files/content?path=${encodeURIComponent(file.path)}`, { headers });
        const version = old.ok ? (await old.json()).version : null;
        return (await fetch('/api/files/content', { method: 'PUT', headers, body: JSON.stringify({ ...file, version }) })).status;
      },
      { path, text },
    );
    expect(status, `saving ${path}`).toBe(200);
  }

  async #run(step: Locator): Promise<void> {
    // Open the hint before running its command.
    await step.evaluate((element) => {
      for (let up = element.closest('details'); up; up = up.parentElement?.closest('details') ?? null) up.open = true;
    });
    await this.#atPrompt();
    const before = await this.lesson.text();
    await step.getByRole('button', { name: 'Exécuter' }).click();
    await expect.poll(() => this.lesson.text(), { timeout: 15_000 }).not.toBe(before);
    await this.#atPrompt();
  }

  /** Checks twice in a row, since the prompt also appears briefly between two lines of one command. */
  async #atPrompt(): Promise<void> {
    let calm = 0;
    await expect
      .poll(
        async () => {
          const busy = await this.lesson.terminal.evaluate(
            (element) => (element as HTMLElement & { foreground: string }).foreground !== '',
          );
          calm = !busy && PROMPT.test(await this.lesson.text()) ? calm + 1 : 0;
          return calm;
        },
        { timeout: COMMAND_MS, intervals: [150] },
      )
      .toBeGreaterThan(1);
  }
}
