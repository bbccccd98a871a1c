import { announce } from '../announce.ts';
import type { LabSnapshot, LessonBase } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, sentence } from '../dom.ts';
import { askServer } from './ask-server.ts';
import { baseWords } from './base-words.ts';
import { ChangeBox } from './change-box.ts';
import { WatchingElement } from './watching-element.ts';

/** Answers « Plus tard », for as long as the page stays open. */
const later = new Set<string>();

/** Says under a lesson that the project lacks what it builds on, and offers the state before its task. Shows how that state is put. */
export class BaseElement extends WatchingElement {
  #drawn: string | undefined;
  readonly #change = new ChangeBox(
    () => this,
    ({ kind, task }) => kind === 'state' && task === this.dataset.task,
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#change.close();
  }

  protected override draw(now: LabSnapshot): void {
    this.#change.update(now);
    const ready = now.connection.kind === 'open' && now.lab?.state === 'ready' && now.lab.change?.state !== 'running';
    const base = ready && !this.#change.open && now.base?.task === this.dataset.task ? now.base : undefined;
    const words = base && !later.has(keyOf(base)) ? baseWords(base) : undefined;
    if (words === this.#drawn) return;
    this.#drawn = words;
    this.querySelector('.offer')?.remove();
    if (base === undefined || words === undefined) return;
    announce(words.replaceAll('`', ''));
    this.append(this.#offer(base, words));
  }

  #offer(base: LessonBase, words: string): HTMLElement {
    const put = h('button', { type: 'button', class: 'btn small' }, `Poser l’état d’avant ${base.task}`);
    put.addEventListener('click', async () => {
      put.setAttribute('aria-disabled', 'true');
      const asked = await askServer(() => workbenchParts().workspace.changeLab({ action: 'state-before', task: base.task }));
      if (!asked) put.removeAttribute('aria-disabled');
    });
    const wait = h('button', { type: 'button', class: 'btn small' }, 'Plus tard');
    wait.addEventListener('click', () => {
      later.add(keyOf(base));
      this.draw(workbenchParts().store.now);
      document.getElementById('contenu')?.focus({ preventScroll: true });
    });
    const kept = base.empty ? '' : ' Ce qui est là est archivé d’abord, et peut être rendu.';
    return h(
      'div',
      { class: 'offer', role: 'group', 'aria-label': 'Point de départ de la leçon' },
      h('p', {}, ...sentence(`${words} L’état d’avant ${base.task} peut être posé pour vous.${kept}`)),
      h('div', { class: 'acts' }, put, wait),
    );
  }
}

function keyOf({ task, empty, missing }: LessonBase): string {
  return JSON.stringify([task, empty, missing]);
}
