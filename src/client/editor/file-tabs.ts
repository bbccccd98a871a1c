import { h } from '../dom.ts';
import type { OpenFile } from './open-file.ts';
import { nameOf } from './tree-model.ts';

export interface TabActs {
  readonly show: (file: OpenFile) => void;
  readonly close: (file: OpenFile) => void;
}

/** The tabs of the open files. Arrow keys move between them; Delete and the middle mouse button close one. */
export class FileTabs {
  readonly element = h('div', { role: 'tablist', 'aria-label': 'Fichiers ouverts' });
  readonly #acts: TabActs;
  #files: readonly OpenFile[] = [];
  #current: OpenFile | undefined;

  constructor(acts: TabActs) {
    this.#acts = acts;
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('click', (event) => this.#click(event));
    this.element.addEventListener('auxclick', (event) => {
      const file = this.#fileOf(event.target);
      if (event.button === 1 && file !== undefined) this.#acts.close(file);
    });
  }

  draw(files: readonly OpenFile[], current: OpenFile | undefined, panel: string): void {
    const hadFocus = this.element.contains(document.activeElement);
    const moved = this.#current !== current;
    this.#files = files;
    this.#current = current;
    this.element.replaceChildren(...files.map((file) => this.#tab(file, file === current, panel)));
    const chosen = this.element.querySelector<HTMLElement>('[aria-selected="true"]');
    if (hadFocus) chosen?.focus();
    if (moved) chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #tab(file: OpenFile, chosen: boolean, panel: string): HTMLElement {
    const twin = this.#files.some((other) => other !== file && nameOf(other.path) === nameOf(file.path));
    const marked = file.dirty || file.state.kind === 'saving';
    return h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'data-file': file.path,
        title: file.path,
        'aria-selected': String(chosen),
        'aria-controls': panel,
        'aria-keyshortcuts': 'Delete',
        tabindex: chosen ? '0' : '-1',
      },
      h('span', { class: file.state.kind === 'gone' ? 'lost' : '' }, twin ? file.path : nameOf(file.path)),
      marked
        ? h('span', { class: 'mod', role: 'img', 'aria-label': 'pas encore enregistré' })
        : h('span', { class: 'close', 'aria-hidden': 'true' }, '×'),
    );
  }

  #fileOf(target: EventTarget | null): OpenFile | undefined {
    const path = target instanceof Element ? target.closest<HTMLElement>('[data-file]')?.dataset.file : undefined;
    return this.#files.find((file) => file.path === path);
  }

  #click(event: MouseEvent): void {
    const file = this.#fileOf(event.target);
    if (file === undefined) return;
    if (event.target instanceof Element && event.target.closest('.close') !== null) this.#acts.close(file);
    else this.#acts.show(file);
  }

  #key(event: KeyboardEvent): void {
    if (this.#current === undefined) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Delete') this.#acts.close(this.#current);
    else if (step !== undefined) {
      const next = this.#files.at((this.#files.indexOf(this.#current) + step) % this.#files.length);
      if (next !== undefined) this.#acts.show(next);
    } else return;
    event.preventDefault();
  }
}
