import { h, icon } from '../dom.ts';

/** One option of a picker. */
export interface Choice {
  readonly id: string;
  readonly group: string;
  readonly title: readonly (Node | string)[];
  /** A second, smaller line. */
  readonly note?: readonly (Node | string)[];
  readonly keys?: string;
  readonly run: () => unknown;
}

export interface Found {
  readonly choices: readonly Choice[];
  /** Shown instead of choices, or below them. */
  readonly says?: string;
}

export interface PickerOptions {
  readonly id: string;
  /** The accessible name and the placeholder of the field. */
  readonly label: string;
  readonly find: (query: string) => Found | Promise<Found>;
  /** The text in the foot, beside the keys. */
  readonly foot?: () => string;
  /** Handles the shortcut that opened the picker when it is pressed again; true if handled. */
  readonly again?: (event: KeyboardEvent) => boolean;
}

/** A dialog to find and pick an option: a combobox over a list, usable by keyboard or pointer. */
export class Picker {
  readonly #options: PickerOptions;
  readonly #dialog: HTMLDialogElement;
  readonly #field: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #says = h('p', { class: 'picker-says' });
  readonly #count = h('p', { class: 'sr', role: 'status' });
  readonly #foot = h('span', {});
  #choices: readonly Choice[] = [];
  #at = 0;
  #asked = 0;

  constructor(options: PickerOptions) {
    this.#options = options;
    const { id, label } = options;
    this.#list = h('div', { class: 'picker-list', id: `${id}-liste`, role: 'listbox', 'aria-label': label });
    this.#field = h('input', {
      type: 'text',
      role: 'combobox',
      placeholder: label,
      'aria-label': label,
      'aria-expanded': 'true',
      'aria-controls': this.#list.id,
      'aria-autocomplete': 'list',
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
    });
    const close = h('button', { type: 'button', class: 'btn bare icon', 'aria-label': 'Fermer' }, icon('close'));
    close.addEventListener('click', () => this.close());
    const keys = h('p', { class: 'picker-foot' }, h('kbd', {}, 'Entrée'), ' choisir', h('kbd', {}, 'Échap'), ' fermer', this.#foot);
    this.#dialog = h(
      'dialog',
      { class: 'picker', id, 'aria-label': label },
      h('div', { class: 'picker-field' }, icon('search'), this.#field, close),
      this.#list,
      this.#says,
      this.#count,
      keys,
    );
    this.#listen();
    document.body.append(this.#dialog);
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  open(query = ''): void {
    if (this.isOpen) return;
    this.#field.value = query;
    this.#foot.textContent = this.#options.foot?.() ?? '';
    this.#dialog.showModal();
    this.#field.focus();
    void this.#look();
  }

  close(): void {
    this.#asked++;
    this.#dialog.close();
  }

  #listen(): void {
    this.#field.addEventListener('input', () => void this.#look());
    this.#dialog.addEventListener('keydown', (event) => this.#key(event));
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.close();
    });
    // Keep the focus in the field when an option is pressed.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest<HTMLElement>('[role="option"]') : null;
      if (option !== null) this.#pick(Number(option.dataset.at));
    });
  }

  #key(event: KeyboardEvent): void {
    if (this.#options.again?.(event)) {
      event.preventDefault();
      return;
    }
    if (event.isComposing || event.target !== this.#field) return;
    const { length } = this.#choices;
    if (event.key === 'Enter') this.#pick(this.#at);
    else if (event.key === 'ArrowDown') this.#move((this.#at + 1) % Math.max(1, length));
    else if (event.key === 'ArrowUp') this.#move((this.#at - 1 + length) % Math.max(1, length));
    else if (event.key === 'PageDown') this.#move(Math.min(length - 1, this.#at + 8));
    else if (event.key === 'PageUp') this.#move(Math.max(0, this.#at - 8));
    else return;
    event.preventDefault();
  }

  async #look(): Promise<void> {
    const asked = ++this.#asked;
    const answer = this.#options.find(this.#field.value.trim());
    const found = answer instanceof Promise ? await answer : answer;
    // A later query has replaced this one, or the dialog is closed.
    if (asked !== this.#asked || !this.isOpen) return;
    this.#choices = byGroup(found.choices);
    this.#says.textContent = found.says ?? '';
    this.#says.hidden = found.says === undefined;
    this.#list.replaceChildren(...this.#groups());
    this.#list.hidden = this.#choices.length === 0;
    this.#field.setAttribute('aria-expanded', String(this.#choices.length > 0));
    this.#count.textContent = found.says ?? (this.#choices.length === 1 ? '1 résultat' : `${this.#choices.length} résultats`);
    this.#list.scrollTop = 0;
    this.#move(0);
  }

  #groups(): HTMLElement[] {
    const groups = new Map<string, HTMLElement>();
    for (const [at, choice] of this.#choices.entries()) {
      let group = groups.get(choice.group);
      if (group === undefined) {
        group = h(
          'div',
          { role: 'group', 'aria-label': choice.group },
          h('p', { class: 'picker-group', 'aria-hidden': 'true' }, choice.group),
        );
        groups.set(choice.group, group);
      }
      group.append(this.#option(choice, at));
    }
    return [...groups.values()];
  }

  #option({ title, note, keys }: Choice, at: number): HTMLElement {
    return h(
      'div',
      { role: 'option', id: `${this.#options.id}-${at}`, 'data-at': String(at), 'aria-selected': 'false' },
      h('span', { class: 'picker-title' }, ...title),
      keys !== undefined && h('kbd', {}, keys),
      note !== undefined && h('span', { class: 'picker-note' }, ...note),
    );
  }

  #move(at: number): void {
    this.#at = at;
    this.#list.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
    const option = this.#list.querySelector<HTMLElement>(`[data-at="${at}"]`);
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option === null) this.#field.removeAttribute('aria-activedescendant');
    else this.#field.setAttribute('aria-activedescendant', option.id);
  }

  #pick(at: number): void {
    const choice = this.#choices[at];
    if (choice === undefined) return;
    // Closing restores the focus; the action may then move it.
    this.close();
    void choice.run();
  }
}

/** Sorts choices by group, in the order of each group's first choice, so that arrow keys follow the visible order. */
function byGroup(choices: readonly Choice[]): Choice[] {
  const groups = new Map<string, Choice[]>();
  for (const choice of choices) groups.set(choice.group, [...(groups.get(choice.group) ?? []), choice]);
  return [...groups.values()].flat();
}
