import type { Preview } from '../../../contract/workspace.ts';
import { h, icon, sentence, shape } from '../dom.ts';
import { bench } from './here.ts';
import { movedText, portsText, stateOf } from './ports-words.ts';

const LIST = 'ports-du-labo';
/** Number of links in the bar itself; the list has all of them. */
const IN_BAR = 2;

/**
 * The ports that the lab's containers publish: links in the status bar, and a button that opens the list. The list says why a port does not
 * answer.
 */
export class PortsElement extends HTMLElement {
  readonly #links = h('span', { class: 'opt' });
  readonly #button = h('button', { class: 'btn bare', type: 'button', popovertarget: LIST });
  readonly #list = h('ul');
  #drawn = '';

  connectedCallback(): void {
    if (this.#drawn !== '') return;
    bench().store.watch(({ previews }) => this.#draw(previews));
  }

  #draw(previews: readonly Preview[]): void {
    const signature = JSON.stringify(previews);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    if (previews.length === 0) {
      this.replaceChildren();
      return;
    }
    const open = previews.filter(({ url, state }) => url !== undefined && state === 'answers');
    this.#links.replaceChildren(...open.slice(0, IN_BAR).map((preview) => link(preview, `${preview.published} ${nameOf(preview)}`)));
    this.#button.textContent = portsText(previews);
    this.#button.classList.toggle(
      'warn',
      previews.some(({ state }) => state === 'silent'),
    );
    this.#list.replaceChildren(...previews.map(row));
    if (!this.contains(this.#button)) this.replaceChildren(this.#links, this.#button, panel(this.#list));
  }
}

function panel(list: HTMLElement): HTMLElement {
  return h(
    'div',
    { class: 'port-list', id: LIST, popover: 'auto', role: 'dialog', 'aria-label': 'Ports du labo' },
    h('p', {}, h('b', {}, 'Ports publiés par vos conteneurs')),
    list,
    h('p', {}, ...sentence('Ils répondent sur cette machine seulement, à l’adresse indiquée.')),
  );
}

function row(preview: Preview): HTMLElement {
  const { address, url, problem, published, inside } = preview;
  const moved = movedText(preview);
  return h(
    'li',
    {},
    h(
      'p',
      { class: 'port' },
      shape(...stateOf(preview)),
      h('b', {}, nameOf(preview)),
      h('code', {}, `${published}:${inside}`),
      url !== undefined && address !== null ? link(preview, address) : address !== null && h('code', {}, address),
    ),
    moved !== undefined && h('p', {}, ...sentence(moved)),
    problem !== undefined && h('p', {}, ...sentence(`${problem.message} ${problem.hint}`)),
  );
}

function link({ url }: Preview, text: string): HTMLElement {
  return h(
    'a',
    { href: url, target: '_blank', rel: 'noopener noreferrer' },
    text,
    icon('out'),
    h('span', { class: 'sr' }, ' (nouvel onglet)'),
  );
}

function nameOf({ service, container }: Preview): string {
  return service ?? container;
}
