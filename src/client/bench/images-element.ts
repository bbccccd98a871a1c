import type { CourseImage } from '../../../contract/workspace.ts';
import { h, sentence } from '../dom.ts';
import { bench } from './here.ts';

const LIST = 'images-du-cours';

/** The course's images that the lab can pull, in a list behind a button of the status bar. A missing image cannot be used in a build. */
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
    else this.replaceChildren(button(images), list(images));
  }
}

function button(images: readonly CourseImage[]): HTMLElement {
  const ready = images.filter((image) => image.ready).length;
  const count = ready <= 1 ? `${ready} image du cours` : `${ready} images du cours`;
  const text = ready === images.length ? count : `${count} sur ${images.length}`;
  return h('button', { class: 'btn bare', type: 'button', popovertarget: LIST }, text);
}

function list(images: readonly CourseImage[]): HTMLElement {
  const note = images.some(({ origin }) => origin === 'built')
    ? 'Construites sur cette machine, sous le nom des officielles, parce que le registre public ne répond pas.'
    : 'Tirées du registre public au premier usage.';
  return h(
    'div',
    { class: 'course-images', id: LIST, popover: 'auto', role: 'dialog', 'aria-label': 'Images du cours' },
    h('p', {}, h('b', {}, 'Ce que le labo peut tirer')),
    h('ul', {}, ...images.map(({ name, ready }) => h('li', {}, h('code', {}, name), ready ? '' : ' en préparation'))),
    h('p', {}, ...sentence(note)),
  );
}
