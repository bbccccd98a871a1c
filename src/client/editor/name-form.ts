import { projectPathSchema } from '../../../contract/files.ts';
import { french } from '../../lib/french.ts';
import { h } from '../dom.ts';

export interface NameQuestion {
  readonly label: string;
  /** What stands in the field at first, and from where on it is selected. */
  readonly value: string;
  readonly selectFrom: number;
  /** Acts on the path; false leaves the question open. */
  readonly answer: (path: string) => Promise<boolean>;
}

/** Asks for a path of the project above the tree: Enter gives it, Escape takes the question away. */
export class NameForm {
  readonly element = h('form', { class: 'name-form', hidden: true, novalidate: true });
  readonly #left: () => void;

  /** `left`: the question is gone, the keyboard needs a place. */
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
