import type { DrawnMap } from '../../../contract/stack-map.ts';
import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import { h, sentence, shape } from '../dom.ts';
import type { Answer } from './answer.ts';
import type { Edge } from './edges.ts';
import { BROWSER, INTERNET, reach } from './reach.ts';

/** « Qui peut joindre qui »: two ends, and the answer. */
export class Question {
  readonly element = h('form', { class: 'map-question', 'aria-label': 'Qui peut joindre qui' });
  readonly #from = h('select', { 'aria-label': 'Depuis' });
  readonly #to = h('select', { 'aria-label': 'Vers' });
  readonly #answer = h('p', { class: 'answer' });
  readonly #changed: () => void;
  #names = '';
  #said = '';
  #map: DrawnMap | undefined;
  /** A service was chosen as the first end; the next one that is chosen is the second. */
  #armed = false;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.element.append(
      h('p', { class: 'ends' }, this.#from, h('span', {}, 'peut joindre'), this.#to, h('span', {}, french('?'))),
      this.#answer,
    );
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.element.addEventListener('change', () => {
      this.#armed = false;
      this.#tell(true);
      this.#changed();
    });
  }

  get isArmed(): boolean {
    return this.#armed;
  }

  /** The answer as a line between two services. */
  get edge(): Edge | undefined {
    const answer = this.#now();
    if (answer === undefined) return undefined;
    const kind = answer.can === null ? 'unknown' : answer.can ? 'can' : 'cannot';
    return { kind, from: this.#from.value, to: this.#to.value, label: '' };
  }

  draw(map: DrawnMap): void {
    this.#map = map;
    const services = map.services.map(({ name }) => name);
    if (services.join() !== this.#names) {
      this.#names = services.join();
      fill(this.#from, 'Un service…', [...services, BROWSER]);
      fill(this.#to, 'un autre…', [...services, INTERNET]);
    }
    this.#tell(false);
  }

  /** Makes a service the first end, and waits for the second. */
  begin(service: string): void {
    this.#from.value = service;
    this.#to.value = '';
    this.#armed = true;
    this.#tell(false);
    announce(`Choisissez le service que ${service} doit joindre`);
  }

  finish(service: string): void {
    this.#armed = false;
    this.#to.value = service;
    this.#tell(true);
  }

  /** Ends the question; returns whether there was one. */
  clear(): boolean {
    const asked = this.#armed || this.#from.value !== '' || this.#to.value !== '';
    this.#armed = false;
    this.#from.value = '';
    this.#to.value = '';
    this.#tell(false);
    return asked;
  }

  #now(): Answer | undefined {
    const [from, to] = [this.#from.value, this.#to.value];
    return this.#map === undefined || from === '' || to === '' ? undefined : reach(this.#map, from, to);
  }

  #tell(aloud: boolean): void {
    const answer = this.#now();
    const said = JSON.stringify([answer, this.#armed]);
    if (said === this.#said) return;
    this.#said = said;
    this.element.toggleAttribute('data-answered', answer !== undefined);
    if (answer === undefined) {
      this.#answer.replaceChildren(...sentence(this.#armed ? 'Choisissez l’autre service, sur la carte ou dans la liste.' : ''));
      return;
    }
    const words = answer.can === null ? 'Indéterminé' : answer.can ? 'Oui' : 'Non';
    const mark = answer.can === null ? 'unknown' : answer.can ? 'met' : 'unmet';
    this.#answer.replaceChildren(
      shape(mark),
      h('b', {}, ` ${words}. `),
      ...sentence([answer.text, answer.mend].filter((text) => text !== '').join(' ')),
    );
    if (aloud) announce(french(`${words}. ${answer.text} ${answer.mend}`.replaceAll('`', '')));
  }
}

/** Keeps what is chosen, if it still exists. */
function fill(select: HTMLSelectElement, empty: string, names: readonly string[]): void {
  const { value } = select;
  select.replaceChildren(h('option', { value: '' }, empty), ...names.map((name) => h('option', { value: name }, name)));
  select.value = names.includes(value) ? value : '';
}
