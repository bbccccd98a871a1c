import { projectPathSchema } from '../../../contract/files.ts';
import { french } from '../../lib/french.ts';
import { h } from '../dom.ts';

export interface NameQuestion {
  readonly label: string;
  /** The initial text of the field, and the index where the selection starts. */
  readonly value: string;
  readonly selectFrom: number;
  /** Called with the path. Resolves to false to keep the form open. */
  readonly answer: (path: string) => Promise<boolean>;
}

/** A form above the tree that asks for a path in the project. Enter submits, Escape cancels. */
export class NameForm {
  readonly element = h('form', { class: 'name-form', hidden: true, novalidate: true });
  readonly #left: () => void;

  /** `left`: called when the form has closed and the focus must move. */
  constructor(left: () => void) {
    this.#left = left;
  }

  ask({ label, value, selectFrom, answer }: NameQuestion): void {
    const hint = h('small', { id: 'nom-de-fichier' }, french('Entrée valide, Échap annule. Une barre oblique sépare les dossiers.'));
    const field = h('input', {
      type: 'text',
      value,
      spellcheck: 'false',
      autocomplete: 'off',
      autocapitalize: 'off',
      'aria-describedby': hint.id,
    });
    this.element.replaceChildren(h('label', {}, h('span', {}, label), field), hint);
    this.element.onsubmit = (event) => {
      event.preventDefault();
      void this.#submit(field, hint, answer);
    };
    this.element.onkeydown = (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.#close();
    };
    this.element.hidden = false;
    field.focus();
    field.setSelectionRange(selectFrom, value.length);
  }

  async #submit(field: HTMLInputElement, hint: HTMLElement, answer: NameQuestion['answer']): Promise<void> {
    const path = field.value.trim().replace(/\/+$/, '');
    if (!projectPathSchema.safeParse(path).success) {
      hint.textContent = french('Donnez un nom dans le projet, sans « .. » ni barre oblique au début.');
      hint.className = 'warn';
      field.setAttribute('aria-invalid', 'true');
      return;
    }
    if (await answer(path)) this.#close();
    else field.focus();
  }

  #close(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
    this.#left();
  }
}
