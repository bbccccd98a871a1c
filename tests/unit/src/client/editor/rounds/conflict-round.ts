import { vi } from 'vitest';
import type { FileWrite } from '../../../../../../contract/files.ts';
import { FilesError } from '../../../../../../src/client/editor/definitions.ts';
import { MemoryBrowser } from '../memory-drafts.ts';
import { randomFrom } from './random.ts';
import type { RoundDisk } from './round-disk.ts';
import { type Arrival, type Fate, RoundTab } from './round-tab.ts';

/** Random acts of a round, before everything comes to rest. */
const ACTS = 40;
/** Requests and pauses after which a round must have come to rest. */
const PASSES = 100;
const MOST_CHOICES = 20;

/**
 * One round of two tabs, a terminal and `git checkout` on one file, over a network that delays and loses requests. Every text is a line of
 * its own name, so that each one can be found again, or the act named that replaced it knowingly.
 */
export class ConflictRound {
  readonly log: string[] = [];
  readonly #random: () => number;
  readonly #disk: RoundDisk;
  readonly #browser = new MemoryBrowser();
  readonly #lines = new Set<string>();
  /** The lines that somebody has replaced or given up knowingly. */
  readonly #knowing = new Set<string>();
  /** What gave up waiting, and reaches the disk later. */
  readonly #late: Arrival[] = [];
  #committed: string;
  #tabs: RoundTab[];

  constructor(seed: number, disk: RoundDisk) {
    this.#random = randomFrom(seed);
    this.#disk = disk;
    this.#committed = this.#newLine('commit');
    disk.checkout(this.#committed);
    this.#tabs = [this.#newTab(true), this.#newTab(true)];
  }

  /** Throws an error that names the first line lost without a word. */
  async play(): Promise<void> {
    for (let act = 0; act < ACTS; act += 1) {
      await this.#act();
      await settle();
      this.#lookForLost();
    }
    await this.#rest();
    this.#lookForUnsaid();
    await this.#reload(0);
    await this.#close(1);
    await this.#rest();
    this.#lookForUnsaid();
    await this.#chooseAll();
  }

  async #act(): Promise<void> {
    const at = this.#pick([0, 1]);
    const tab = this.#tabs[at];
    if (tab === undefined) throw new Error('a round has two tabs');
    const act = this.#random();
    if (act < 0.25) await this.#serve(tab);
    else if (act < 0.45) this.#type(tab, at);
    else if (act < 0.55) await vi.advanceTimersByTimeAsync(this.#pick([100, 300, 1100]));
    else if (act < 0.65) this.#terminal();
    else if (act < 0.7) this.#git();
    else if (act < 0.78) this.#say(at, 'hears of a change', tab.open.recheck([this.#disk.path]));
    else if (act < 0.82) this.#say(at, 'saves', tab.open.save());
    else if (act < 0.86) this.#choose(tab, at);
    else if (act < 0.9) this.#say(at, 'gets the focus', tab.open.adopt());
    else if (act < 0.94) await this.#reload(at);
    else if (act < 0.97) await this.#close(at);
    else await this.#late.shift()?.().catch(refused);
  }

  #type(tab: RoundTab, at: number): void {
    const { file } = tab;
    if (file === undefined) {
      this.#say(at, 'opens the file', tab.open.open(this.#disk.path));
      return;
    }
    const replaces = this.#random() < 0.1;
    const text = (replaces ? '' : file.text) + this.#newLine(`tab${at}`);
    if (replaces) this.#know(file.text);
    this.log.push(`tab ${at} types ${text.trimEnd().split('\n').at(-1)}${replaces ? ' over its text' : ''}, ${file.state.kind}`);
    file.edit(() => text);
  }

  #terminal(): void {
    const how = this.#pick(['append', 'append', 'append', 'overwrite', 'delete'] as const);
    if (how !== 'append') this.#know(this.#disk.text);
    if (how === 'delete') this.#disk.delete();
    else this.#disk[how](this.#newLine('sh'));
    this.log.push(`terminal: ${how}`);
  }

  #git(): void {
    if (this.#random() < 0.3) {
      this.#committed = this.#disk.text;
      this.log.push('git commit');
      return;
    }
    this.#know(this.#disk.text);
    this.#disk.checkout(this.#committed);
    this.log.push('git checkout');
  }

  #choose({ file, open }: RoundTab, at: number): void {
    if (file?.state.kind === 'conflict') {
      const { theirs } = file.state;
      if (this.#random() < 0.5) {
        this.#know(theirs.text ?? '');
        this.#say(at, 'keeps its own', file.keepMine(theirs));
      } else {
        this.#know(file.text);
        file.takeTheirs();
        this.log.push(`tab ${at} takes the disk’s`);
      }
    } else if (file?.state.kind === 'gone') {
      if (this.#random() < 0.7) this.#say(at, 'creates it again', file.keepMine());
      else {
        this.#know(file.text);
        open.discard(file);
        this.log.push(`tab ${at} discards`);
      }
    }
  }

  async #serve(tab: RoundTab): Promise<void> {
    const fate = this.#pick<Fate>(['answered', 'answered', 'answered', 'answered', 'answered', 'answered', 'lost', 'answer lost', 'late']);
    const late = await tab.serve(fate);
    if (late !== undefined) this.#late.push(late);
    this.log.push(`a request is ${fate}`);
  }

  async #reload(at: number): Promise<void> {
    await this.#replace(at, 'reloads', true);
  }

  /** A tab that is closed, and another one opened in its place. */
  async #close(at: number): Promise<void> {
    await this.#replace(at, 'is closed, another one opened', false);
  }

  async #replace(at: number, words: string, reopens: boolean): Promise<void> {
    const killed = this.#random() < 0.3;
    // What was typed in the last quarter of a second is not stored yet when a tab is killed.
    if (killed) await vi.advanceTimersByTimeAsync(300);
    this.log.push(`tab ${at} ${words}${killed ? ', killed' : ''}`);
    this.#late.push(...(this.#tabs[at]?.end(killed ? 'killed' : 'unloaded') ?? []));
    const tab = this.#newTab(reopens);
    this.#tabs = this.#tabs.with(at, tab);
    this.#say(at, 'arrives', arrive(tab));
  }

  /** The network is good again, what was late arrives, every tab gets the focus. */
  async #rest(): Promise<void> {
    for (const arrival of this.#late.splice(0)) await arrival().catch(refused);
    for (const pass of ['arrives again', 'looks once more']) {
      for (const [at, tab] of this.#tabs.entries()) this.#say(at, pass, arrive(tab));
      await this.#quieten();
    }
    this.#lookForLost();
  }

  async #quieten(): Promise<void> {
    for (let pass = 0; pass < PASSES; pass += 1) {
      await settle();
      const busy = this.#tabs.filter((tab) => tab.busy);
      for (const tab of busy) await tab.serve('answered');
      if (busy.length > 0) continue;
      const waits = this.#tabs.some((tab) => tab.file?.state.kind === 'modified');
      if (!waits) return;
      await vi.advanceTimersByTimeAsync(1100);
    }
    throw new Error('the round does not come to rest');
  }

  /** Every choice can be made, and then nothing waits any more. */
  async #chooseAll(): Promise<void> {
    for (let choice = 0; choice < MOST_CHOICES && this.#browser.texts.length > 0; choice += 1) {
      for (const [at, tab] of this.#tabs.entries()) this.#choose(tab, at);
      await this.#rest();
    }
    const states = this.#tabs.flatMap((tab) => tab.open.list.map(({ state }) => state.kind));
    if (states.some((state) => state !== 'saved') || this.#browser.texts.length > 0) throw new Error(`not settled: ${states.join(', ')}`);
  }

  /** A save may replace only lines of the disk that the text has, or that somebody gave up. */
  #written({ text }: FileWrite, before: string): void {
    const lost = linesOf(before).find((line) => !linesOf(text).includes(line) && !this.#knowing.has(line));
    if (lost !== undefined) throw new Error(`a save has replaced ${lost}, which its author never saw`);
  }

  #lookForLost(): void {
    const texts = [this.#disk.text, ...this.#browser.texts, ...this.#tabs.flatMap((tab) => tab.open.list.map(({ text }) => text))];
    const there = new Set(texts.flatMap(linesOf));
    const lost = [...this.#lines].find((line) => !there.has(line) && !this.#knowing.has(line));
    if (lost !== undefined) throw new Error(`${lost} is nowhere`);
  }

  /** At rest, a line that is not on disk must be in a text that asks for a choice, or wait behind one. */
  #lookForUnsaid(): void {
    const files = this.#tabs.flatMap((tab) => tab.open.list.map((file) => ({ file, others: tab.open.others(file) })));
    const asking = files.filter(({ file }) => ['conflict', 'gone', 'unsaved'].includes(file.state.kind));
    const said = new Set([this.#disk.text, ...asking.map(({ file }) => file.text)].flatMap(linesOf));
    if (asking.some(({ others }) => others.waiting)) for (const line of this.#browser.texts.flatMap(linesOf)) said.add(line);
    const unsaid = [...this.#lines].find((line) => !said.has(line) && !this.#knowing.has(line));
    if (unsaid !== undefined) throw new Error(`nobody speaks of ${unsaid}`);
  }

  #newTab(reopens: boolean): RoundTab {
    const written = (write: FileWrite, before: string): void => this.#written(write, before);
    return new RoundTab({ browser: this.#browser, disk: this.#disk, written, reopens });
  }

  #newLine(author: string): string {
    const line = `${author}-${this.#lines.size}`;
    this.#lines.add(line);
    return `${line}\n`;
  }

  #know(text: string): void {
    for (const line of linesOf(text)) this.#knowing.add(line);
  }

  #say(at: number, words: string, done: Promise<unknown>): void {
    this.log.push(`tab ${at} ${words}, ${this.#tabs[at]?.file?.state.kind}`);
    done.catch(refused);
  }

  #pick<T>(from: readonly [T, ...T[]]): T {
    return from[Math.floor(this.#random() * from.length)] ?? from[0];
  }
}

/** As the page does when the lab is ready. */
async function arrive({ open }: RoundTab): Promise<void> {
  await open.restore();
  await open.recheck(['.']);
  await open.save();
}

function refused(error: unknown): void {
  if (!(error instanceof FilesError)) throw error;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Lets every promise settle that waits for no request and no clock. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
