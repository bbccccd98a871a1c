import { expect, type Locator, type Page } from '@playwright/test';

/** The page of a lesson, driven as a learner does. */
export class LessonPage {
  readonly page: Page;
  readonly lab: Locator;
  readonly terminal: Locator;
  readonly panel: Locator;
  readonly strip: Locator;
  readonly wire: Locator;
  readonly question: Locator;

  constructor(page: Page) {
    this.page = page;
    this.lab = page.locator('#labo');
    this.terminal = page.locator('escale-terminal:not([hidden])');
    this.panel = page.locator('.start');
    this.strip = page.locator('.strip');
    this.wire = page.locator('.wire');
    this.question = page.locator('.question');
  }

  async open(origin: string, path = '/fr/1.3/'): Promise<void> {
    await this.page.goto(`${origin}${path}`);
  }

  /** Waits until the shell on screen accepts keys. */
  async ready(): Promise<void> {
    await expect(this.terminal).toHaveAttribute('data-state', 'attached');
  }

  async type(text: string): Promise<void> {
    await this.terminal.locator('.xterm-helper-textarea').focus();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Writes a file of the project, through the terminal like everything else. */
  async write(path: string, text: string): Promise<void> {
    const mark = `écrit-${path.replace(/\W/g, '-')}-${text.length}`;
    await this.type(`echo ${Buffer.from(text).toString('base64')} | base64 -d > ${path} && echo ${mark}`);
    await this.expectText(new RegExp(`\\n${mark}`));
  }

  /** The terminal's screen and scrollback. */
  text(): Promise<string> {
    return this.terminal.evaluate((element) => (element as HTMLElement & { text: string }).text);
  }

  async expectText(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.text(), { timeout: 15_000 }).toMatch(text);
  }

  runButton(command: string): Locator {
    return this.page
      .locator(`[data-command=${JSON.stringify(command)}]`)
      .first()
      .getByRole('button', { name: 'Exécuter' });
  }

  criterion(id: string): Locator {
    return this.page.locator(`[data-criterion="${id}"]`);
  }
}
