import type { CourseImage } from '../../../contract/workspace.ts';
import { h, sentence } from '../dom.ts';
import { bench } from './here.ts';

const LIST = 'images-du-cours';

/** The images of the course that the lab can pull, behind a button of the status bar: what is not there cannot be built from. */
export class ImagesElement extends HTMLElement {
  #started = false;
  #drawn = '';

  connectedCallback(): void {
    if (this.#started) return;
    this.#started = true;
    bench().store.watch(({ setup }) => this.#draw(setup?.images ?? []));
  }

  #draw(images: readonly CourseImage[]): void {
    const signature = JSON.stringify(images);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    if (images.length === 0) this.replaceChildren();
    else this.replaceChildren(button(images.length), list(images));
  }
}

function button(count: number): HTMLElement {
  return h(
    'button',
    { class: 'btn bare', type: 'button', popovertarget: LIST },
    count === 1 ? '1 image du cours' : `${count} images du cours`,
  );
}

function list(images: readonly CourseImage[]): HTMLElement {
  const note = images.some(({ origin }) => origin === 'built')
    ? 'Construites sur cette machine, sous le nom des officielles, parce que le registre public ne répond pas.'
    : 'Tirées du registre public au premier usage.';
  return h(
    'div',
    { class: 'course-images', id: LIST, popover: 'auto', role: 'dialog', 'aria-label': 'Images du cours' },
    h('p', {}, h('b', {}, 'Ce que le labo peut tirer')),
    h('ul', {}, ...images.map(({ name }) => h('li', {}, h('code', {}, name)))),
    h('p', {}, ...sentence(note)),
  );
}
