import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import { h, icon, sentence } from '../dom.ts';
import type { CodeView } from './code-view.ts';
import { FileComparison, theirsOf } from './file-comparison.ts';
import { FileTabs } from './file-tabs.ts';
import { drawNotice, type NoticeActions, noticeOf, savedWords, unreadableText } from './notice.ts';
import type { OpenFile } from './open-file.ts';
import type { OpenFiles } from './open-files.ts';
import type { FoundProblems } from './problems.ts';

const PANEL = 'texte-du-fichier';

/** The open files: tabs, text, notices about the disk, and the foot. */
export class TextPane {
  readonly element: HTMLElement;
  readonly #open: OpenFiles;
  readonly #tabs: FileTabs;
  readonly #notice = h('div', { class: 'notice', role: 'group', 'aria-label': 'État du fichier', hidden: true });
  readonly #host = h('div', { class: 'code' });
  readonly #empty = h('div', { class: 'empty' });
  readonly #panel: HTMLElement;
  readonly #place = h('span', { class: 'num' });
  readonly #problems = h('button', { type: 'button', class: 'btn bare', hidden: true });
  readonly #saved = h('span', { class: 'saved' });
  readonly #close = h('button', { type: 'button', class: 'btn bare icon small', 'aria-label': 'Fermer le fichier' }, icon('close'));
  readonly #root: ShadowRoot;
  #code: Promise<CodeView> | undefined;
  readonly #comparison = new FileComparison({
    code: () => this.#loadCode(),
    enter: () => this.#enterComparison(),
    leave: () => this.#leaveComparison(),
    settle: (file, theirs) => void this.#keepMine(file, theirs),
  });
  #noticeDrawn = '';
  #shown: OpenFile | undefined;
  readonly #told = new WeakMap<OpenFile, string>();
  /** The name for which each file's language was set. */
  readonly #named = new WeakMap<OpenFile, string>();

  constructor(open: OpenFiles, ways: readonly HTMLElement[]) {
    this.#open = open;
    this.#root = this.#host.attachShadow({ mode: 'open' });
    this.#tabs = new FileTabs({ show: (file) => open.show(file), close: (file) => void this.close(file) });
    this.#close.addEventListener('click', () => open.current !== undefined && void this.close(open.current));
    this.#problems.addEventListener('click', () => void this.#code?.then((code) => code.listProblems()));
    this.#panel = h(
      'div',
      { class: 'text', id: PANEL, role: 'tabpanel', 'aria-label': 'Texte du fichier' },
      this.#notice,
      this.#host,
      this.#empty,
    );
    const foot = h('div', { class: 'foot' }, this.#saved, this.#problems, this.#place);
    this.element = h(
      'div',
      { class: 'editor' },
      h('div', { class: 'bar' }, ...ways, this.#tabs.element, h('div', { class: 'end' }, this.#close)),
      this.#panel,
      foot,
    );
  }

  /** Draws the open files. Loads the editor component with the first text. */
  async draw(): Promise<void> {
    const { list, current } = this.#open;
    this.#tabs.element.hidden = list.length === 0;
    this.#close.hidden = current === undefined;
    this.#tabs.draw(list, current, PANEL);
    this.#drawFoot(current);
    this.#comparison.follow(current);
    this.#drawNotice(current);
    const unreadable = current === undefined ? undefined : unreadableText(current);
    const text =
      unreadable ??
      (current === undefined
        ? 'Choisissez un fichier, ou créez-en un. Ce que vous tapez est enregistré tout seul ; `Ctrl+S` le fait tout de suite.'
        : '');
    this.#empty.replaceChildren(...(text === '' ? [] : [h('p', {}, ...sentence(french(text)))]));
    this.#host.hidden = text !== '';
    if (current === undefined || unreadable !== undefined) return;
    if (current === this.#shown && this.#named.get(current) === current.path) return;
    const code = await this.#loadCode();
    if (this.#open.current !== current) return;
    this.#shown = current;
    code.show(current, current.path, current.text);
    if (this.#named.get(current) !== current.path) void code.renamed(current, current.path);
    this.#named.set(current, current.path);
  }

  async close(file: OpenFile): Promise<void> {
    const hadFocus = this.element.contains(document.activeElement);
    if (!(await this.#open.close(file))) {
      this.#open.show(file);
      announce(french(`« ${file.path} » n’est pas enregistré : il reste ouvert.`));
      return;
    }
    this.#closed(hadFocus);
  }

  #closed(hadFocus: boolean): void {
    if (hadFocus && !this.element.contains(document.activeElement)) this.focus();
  }

  replaced(file: OpenFile, text: string): void {
    void this.#code?.then((code) => code.replace(file, text));
  }

  forget(file: OpenFile): void {
    if (this.#shown === file) this.#shown = undefined;
    void this.#code?.then((code) => code.forget(file));
  }

  async goTo(line: number | undefined): Promise<void> {
    const code = await this.#loadCode();
    await this.draw();
    if (line !== undefined && this.#open.current === this.#shown) code.goTo(line);
  }

  setProblems(file: OpenFile, found: readonly FoundProblems[]): void {
    void this.#code?.then((code) => this.#tellProblems(code, file, found));
    if (file !== this.#open.current) return;
    const all = found.flatMap(({ problems }) => problems);
    const worse = all.filter(({ severity }) => severity !== 'info').length;
    this.#problems.hidden = all.length === 0;
    this.#problems.textContent = worse > 0 ? counted(worse, 'problème') : counted(all.length, 'remarque');
    this.#problems.className = `btn bare ${all.some(({ severity }) => severity === 'error') ? 'bad' : worse > 0 ? 'warn' : ''}`.trim();
  }

  /**
   * Sets each set of problems once only: their marks move with the edited text, and setting them again would move them back to the lines of
   * the last save.
   */
  #tellProblems(code: CodeView, file: OpenFile, found: readonly FoundProblems[]): void {
    const signature = JSON.stringify(found);
    if (this.#told.get(file) !== signature && code.setProblems(file, found)) this.#told.set(file, signature);
  }

  focus(): void {
    if (this.#open.current === undefined || this.#host.hidden) {
      if (!this.focusNotice()) this.#close.focus();
    } else if (this.#comparison.notice === undefined) void this.#code?.then((code) => code.focus());
  }

  /** Focuses the first choice of the notice. Returns false if there is none. */
  focusNotice(): boolean {
    const button = this.#notice.querySelector<HTMLElement>('button');
    button?.focus();
    return button !== null;
  }

  #loadCode(): Promise<CodeView> {
    this.#code ??= import('./code-view.ts').then(({ CodeView }) => {
      const code = new CodeView(this.#root, this.#layer('text'), {
        edited: (file) => file.edit(() => code.text(file)),
        moved: (line, column) => {
          this.#place.textContent = french(`ligne ${line}, colonne ${column}`);
        },
      });
      return code;
    });
    this.#code.catch(() => {
      this.#code = undefined;
    });
    return this.#code;
  }

  /** A layer in the shadow root: the text, or the comparison over it. */
  #layer(name: string): HTMLElement {
    const layer = h('div', { 'data-layer': name });
    layer.style.blockSize = '100%';
    layer.style.overflow = 'auto';
    this.#root.append(layer);
    return layer;
  }

  #drawFoot(file: OpenFile | undefined): void {
    const { text, warn } = file === undefined ? { text: '', warn: false } : savedWords(file);
    const words = french(text);
    if (words !== this.#saved.textContent && warn) announce(words);
    this.#saved.textContent = words;
    this.#saved.title = warn ? words : '';
    this.#saved.classList.toggle('warn', warn);
    this.#place.hidden = file === undefined || file.state.kind === 'unreadable';
    if (file === undefined) this.#problems.hidden = true;
  }

  #drawNotice(file: OpenFile | undefined): void {
    const notice = this.#comparison.notice ?? (file && noticeOf(file, this.#open.others(file), this.#actions(file)));
    const signature = notice === undefined ? '' : `${file?.path} ${notice.text}`;
    if (signature === this.#noticeDrawn) return;
    this.#noticeDrawn = signature;
    this.#notice.hidden = notice === undefined;
    this.#notice.replaceChildren(...(notice === undefined ? [] : drawNotice(notice)));
    if (notice !== undefined) announce(french(notice.text));
  }

  #actions(file: OpenFile): NoticeActions {
    return {
      compare: () => void this.#comparison.begin(file).then(() => this.draw()),
      keepMine: () => void this.#keepMine(file),
      takeTheirs: () => {
        file.takeTheirs();
        this.focus();
      },
      discard: () => {
        const hadFocus = this.element.contains(document.activeElement);
        this.#open.discard(file);
        this.#closed(hadFocus);
      },
      retry: () => void file.save(),
    };
  }

  /** Saves the text over the disk's, `theirs`, which goes into the undo history first, so that undo brings it back. */
  async #keepMine(file: OpenFile, theirs = theirsOf(file)): Promise<void> {
    const mine = file.text;
    const code = await this.#loadCode();
    if (theirs !== undefined && theirs.text !== null) {
      code.replace(file, theirs.text);
      code.replace(file, mine);
    }
    await file.keepMine(theirs);
    this.focus();
  }

  #enterComparison(): HTMLElement {
    this.element.closest('escale-editor')?.setAttribute('data-comparing', '');
    this.#root.querySelector<HTMLElement>('[data-layer="text"]')?.setAttribute('hidden', '');
    return this.#layer('compare');
  }

  #leaveComparison(): void {
    this.#root.querySelector('[data-layer="compare"]')?.remove();
    this.#root.querySelector('[data-layer="text"]')?.removeAttribute('hidden');
    this.element.closest('escale-editor')?.removeAttribute('data-comparing');
    void this.draw();
    this.focus();
  }
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
