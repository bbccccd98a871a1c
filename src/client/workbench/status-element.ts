import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, shape } from '../dom.ts';
import { type StatusItem, statusOf } from './status-words.ts';

/** The status bar of the lab. */
export class StatusElement extends HTMLElement {
  #started = false;
  #drawn = '';

  connectedCallback(): void {
    if (this.#started) return;
    this.#started = true;
    workbenchParts().store.watch(() => this.#draw());
    setInterval(() => this.#draw(), 5000);
  }

  #draw(): void {
    const items = statusOf(workbenchParts().store.now, Date.now());
    const signature = JSON.stringify(items);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    this.replaceChildren(...items.map(drawn));
  }
}

function drawn({ id, text, shape: state, part, warn, title, optional }: StatusItem): HTMLElement {
  const classes = [id === 'lab' ? 'lead' : '', warn ? 'warn' : '', optional ? 'opt' : ''].filter((name) => name !== '').join(' ');
  const item = h('span', { class: classes, 'data-status': id, title }, state === undefined ? undefined : shape(state), text);
  if (part !== undefined) {
    const bar = h('i');
    bar.style.setProperty('--part', `${Math.round(part * 100)}%`);
    item.append(h('span', { class: 'meter', 'aria-hidden': 'true' }, bar));
  }
  return item;
}
