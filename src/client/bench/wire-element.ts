import { announce } from '../announce.ts';
import { h, shape } from '../dom.ts';
import { bench } from './here.ts';

/** Shows a lost connection: a thin bar at the top, a short text where the time stands, and a button to retry at once. */
export class WireElement extends HTMLElement {
  #started = false;
  #clock: ReturnType<typeof setInterval> | undefined;
  #text: HTMLElement | undefined;

  connectedCallback(): void {
    if (this.#started) return;
    this.#started = true;
    bench().store.watch(() => this.#draw());
  }

  #draw(): void {
    const { line, known } = bench().store.now;
    const lost = known && (line.kind === 'down' || (line.kind === 'connecting' && this.#text !== undefined));
    if (!lost) {
      if (this.#text !== undefined && line.kind === 'open') announce('Connexion rétablie');
      clearInterval(this.#clock);
      this.#text = undefined;
      this.replaceChildren();
      delete document.documentElement.dataset.wire;
      return;
    }
    if (this.#text === undefined) {
      this.#build();
      announce('Connexion perdue. Vos terminaux continuent sans vous, la page se reconnecte seule.');
    }
    this.#tell();
  }

  #build(): void {
    document.documentElement.dataset.wire = 'lost';
    this.#text = h('span', { class: 'opt' });
    const again = h('button', { type: 'button' }, 'Réessayer');
    again.addEventListener('click', () => bench().retry());
    this.replaceChildren(h('div', { class: 'wire' }, shape('waiting'), h('span', {}, h('b', {}, 'Connexion perdue'), this.#text), again));
    clearInterval(this.#clock);
    this.#clock = setInterval(() => this.#tell(), 1000);
  }

  #tell(): void {
    const { line } = bench().store.now;
    if (this.#text === undefined) return;
    const left = line.kind === 'down' ? Math.ceil((line.retryAt - Date.now()) / 1000) : 0;
    this.#text.textContent = left > 0 ? `, nouvel essai dans ${left}\u00a0s` : ', nouvel essai…';
  }
}
