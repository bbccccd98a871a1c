import { h } from '../dom.ts';

const MOST = 1000;

/** What somebody types while the terminal is not there yet. */
export class TypedAhead {
  readonly element = h('p', { class: 'ahead', 'aria-live': 'off' });
  #text = '';

  /** Keeps a key that is text, Enter or Backspace; returns whether it was kept. */
  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
    if (event.key === 'Backspace') this.#text = this.#text.slice(0, -1);
    else if (event.key === 'Enter') this.#text += '\r';
    else if (event.key.length === 1) this.#text += event.key;
    else return false;
    this.#text = this.#text.slice(0, MOST);
    this.#draw();
    return true;
  }

  /** Returns the keys, as a terminal takes them, and forgets them. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    this.#draw();
    return text;
  }

  #draw(): void {
    const shown = h('kbd', {}, this.#text.replaceAll('\r', ' ⏎ '));
    this.element.replaceChildren(...(this.#text === '' ? [] : ['Tapé d’avance\u202f: ', shown]));
  }
}
