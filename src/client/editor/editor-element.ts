import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, icon, isWritten } from '../dom.ts';
import { revealLab } from '../layout.ts';
import { FilesError } from './definitions.ts';
import { FileActions } from './file-actions.ts';
import { FilesApi } from './files-api.ts';
import { FilesPane } from './files-pane.ts';
import { LivePages } from './live-pages.ts';
import { LocalDrafts } from './local-drafts.ts';
import { OpenFiles } from './open-files.ts';
import { sessionMemory } from './open-memory.ts';
import { Problems, unmetFiles, verdictProblems } from './problems.ts';
import { TextPane } from './text-pane.ts';
import { showFront } from './workbench-split.ts';

/** Changes within this delay are processed together. */
const SETTLE_MS = 150;
/** A page that closes may be known as gone only after this one got the focus. */
const GONE_MS = 2000;

/**
 * The project's files next to the terminals: tree, tabs, text. It is created when the lab is first ready and stays through navigation
 * between lessons.
 */
export class EditorElement extends HTMLElement {
  readonly #files = new FilesApi(workbenchParts().session);
  readonly #open = new OpenFiles({
    files: this.#files,
    drafts: new LocalDrafts(() => localStorage, new LivePages()),
    memory: sessionMemory,
    events: {
      changed: () => this.#draw(),
      replaced: (file, text) => this.#text.replaced(file, text),
      stored: (file) => this.#problems.refresh(file),
      closed: (file) => this.#text.forget(file),
    },
  });
  readonly #problems = new Problems(this.#files, () => this.#drawProblems());
  readonly #actions = new FileActions(this.#files, this.#open, {
    say: (text, undo) => this.#say(text, undo),
    arranged: () => this.#readTree(),
  });
  readonly #pane = new FilesPane(this.#actions, (path) => void this.open(path));
  readonly #text = new TextPane(this.#open, ways());
  readonly #toast = h('div', { class: 'toast', role: 'status' });
  /** Paths that changed on disk and have not been processed yet. */
  #changed = new Set<string>();
  #refreshing: Promise<void> | undefined;
  #began = false;
  /** The name under which each file was last linted: a renamed file may need another linter. */
  readonly #lookedAt = new WeakMap<object, string>();

  connectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected || this.#began) return;
      this.#began = true;
      this.#build();
    });
  }

  /**
   * Opens a file at a line, or shows a folder, whose path ends with `/`. Loading may take a while: if the learner has moved the focus
   * elsewhere by then, it stays there.
   */
  async open(path: string, line?: number): Promise<void> {
    const asked = document.activeElement;
    revealLab();
    showFront('editor');
    try {
      if (path.endsWith('/')) return await this.#showFolder(path.slice(0, -1));
      await this.#open.open(path);
      this.dataset.side = 'text';
      await this.#text.goTo(line);
      const { activeElement } = document;
      if (activeElement === asked || !isWritten(activeElement)) this.#text.focus();
    } catch (error) {
      if (!(error instanceof FilesError)) throw error;
      const missing = error.code === 'file.not-found';
      if (missing) this.#say(`« ${path} » n’existe pas encore.`, () => void this.#actions.create(path), 'Le créer');
      else this.#say(`${error.message} ${error.hint}`);
    }
  }

  async #showFolder(path: string): Promise<void> {
    const { entries } = await this.#files.tree();
    const found = entries.find((entry) => entry.path === path);
    if (found === undefined)
      return this.#say(`Le dossier « ${path} » n’existe pas encore.`, () => void this.#pane.make('folder', path), 'Le créer');
    if (found.kind !== 'folder') return this.open(path);
    this.#pane.point(path);
    this.showTree();
  }

  /** Focuses the text, or the tree while no file is open. */
  enter(): void {
    showFront('editor');
    if (this.#open.current === undefined || this.dataset.side === 'tree') this.#pane.focus();
    else this.#text.focus();
  }

  get openPath(): string | undefined {
    return this.#open.current?.path;
  }

  showTree(): void {
    this.dataset.side = 'tree';
    showFront('editor');
    this.#pane.focus();
  }

  askNew(kind: 'file' | 'folder'): void {
    this.showTree();
    this.#pane.askNew(kind);
  }

  save(): void {
    void this.#saveAloud();
  }

  undo(): void {
    void this.#actions.undo();
  }

  #build(): void {
    this.dataset.side = 'tree';
    this.replaceChildren(wayOut(), h('div', { class: 'ide' }, this.#pane.element, this.#text.element), this.#toast);
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('[data-side-is]') !== null) this.showTree();
    });
    workbenchParts().store.watch((now, before) => this.#heard(now, before));
    addEventListener('pagehide', () => void this.#open.keepDrafts());
    addEventListener('beforeunload', (event) => {
      if (!this.#open.keepDrafts()) event.preventDefault();
    });
    addEventListener('focus', () => this.#adopt());
    addEventListener('storage', () => this.#draw());
    document.addEventListener('visibilitychange', () => {
      this.#open.keepDrafts();
      if (document.visibilityState === 'hidden') void this.#open.save();
      else this.#adopt();
    });
    this.#draw();
  }

  /** Shows the unsaved texts of pages that are gone, now or in a moment. */
  #adopt(): void {
    void this.#open.adopt();
    setTimeout(() => void this.#open.adopt(), GONE_MS);
  }

  #heard(now: LabSnapshot, before: LabSnapshot): void {
    const ready = isReady(now);
    if (ready && (now === before || !isReady(before))) void this.#arrive();
    if (!ready) this.#pane.away('Les fichiers arrivent avec le labo.');
    if (now.changed !== before.changed) this.#later(now.changed);
    if (now.verdicts !== before.verdicts) this.#drawProblems();
  }

  /** The lab is available, for the first time or again: catch up on everything that changed meanwhile. */
  async #arrive(): Promise<void> {
    await this.#readTree();
    await this.#open.restore();
    await this.#open.recheck(['.']);
    await this.#open.save();
    if (this.#open.current !== undefined) this.dataset.side = 'text';
  }

  #later(paths: readonly string[]): void {
    for (const path of paths) this.#changed.add(path);
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
  }

  /** Processes changes one batch at a time; changes that come meanwhile are in the next batch. */
  async #refresh(): Promise<void> {
    while (this.#changed.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const changed = [...this.#changed];
      this.#changed = new Set();
      await Promise.all([this.#readTree(), this.#open.recheck(changed)]);
    }
  }

  async #readTree(): Promise<void> {
    try {
      this.#pane.show(await this.#files.tree());
    } catch (error) {
      if (!(error instanceof FilesError)) throw error;
      this.#pane.away(`${error.message} ${error.hint}`);
    }
  }

  #draw(): void {
    const { current } = this.#open;
    void this.#text.draw().then(() => this.#drawProblems());
    this.#pane.reveal(current?.path);
    this.#mark();
    if (current !== undefined && this.#lookedAt.get(current) !== current.path) {
      this.#lookedAt.set(current, current.path);
      this.#problems.refresh(current);
    }
  }

  #mark(): void {
    const modified = new Set(this.#open.list.filter((file) => file.dirty).map((file) => file.path));
    this.#pane.mark({ modified, unmet: unmetFiles(workbenchParts().store.now, openTask()) });
  }

  #drawProblems(): void {
    this.#mark();
    const { now } = workbenchParts().store;
    for (const file of this.#open.list) {
      const criteria = { source: 'critère', problems: verdictProblems(now, openTask(), file.path) };
      this.#text.setProblems(
        file,
        [criteria, this.#problems.of(file)].filter((found) => found !== undefined),
      );
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    void this.#saveAloud();
  }

  async #saveAloud(): Promise<void> {
    const file = this.#open.current;
    if (file === undefined) return;
    await file.save();
    if (file.state.kind === 'saved') announce(`${file.path} est enregistré`);
    else this.#text.focusNotice();
  }

  /** Shows a message until it is closed or replaced. `act`: what its button does, usually undo. */
  #say(text: string, undo?: () => void, label = 'Annuler'): void {
    const leave = (): void => {
      const hadFocus = this.#toast.contains(document.activeElement);
      this.#toast.replaceChildren();
      if (hadFocus) this.#pane.focus();
    };
    const close = h('button', { type: 'button', class: 'btn bare icon small', 'aria-label': 'Fermer ce message' }, icon('close'));
    close.addEventListener('click', leave);
    const button = undo === undefined ? undefined : h('button', { type: 'button', class: 'btn small' }, label);
    button?.addEventListener('click', () => {
      leave();
      undo?.();
    });
    this.#toast.replaceChildren(h('p', {}, french(text)), button ?? '', close);
  }
}

function isReady({ connection, lab }: LabSnapshot): boolean {
  return connection.kind === 'open' && lab?.state === 'ready';
}

function openTask(): string | undefined {
  return document.querySelector<HTMLElement>('[data-pane="main"]')?.dataset.task;
}

/** The button back to the tree, for layouts where tree and text are shown one at a time. */
function ways(): HTMLElement[] {
  return [h('button', { type: 'button', class: 'btn bare small to-tree', 'data-side-is': 'tree' }, icon('menu'), 'Fichiers')];
}

/** The buttons that leave the editor, which fills the whole screen on a phone. */
function wayOut(): HTMLElement {
  const lesson = h('button', { type: 'button', class: 'btn bare', 'data-action': 'lesson' }, icon('back'), 'Leçon');
  const terminal = h('button', { type: 'button', class: 'btn bare', 'data-action': 'lab' }, icon('term'), 'Terminal');
  return h('div', { class: 'bar way-out' }, lesson, h('div', { class: 'end' }, terminal));
}
