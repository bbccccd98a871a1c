import type { LabChange } from '../../../contract/lab.ts';
import { announce } from '../announce.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, sentence } from '../dom.ts';
import { openArchives } from './archives-dialog.ts';
import { askServer } from './ask-server.ts';
import { changeNews } from './change-words.ts';
import { drawStep } from './panel-view.ts';

/**
 * Shows a change of the project while it runs, step by step, and its outcome until it is closed. A change that had ended before the page
 * heard of it is not shown.
 */
export class ChangeBox {
  readonly #parent: () => Element | null;
  readonly #shows: (change: LabChange) => boolean;
  #box: HTMLElement | undefined;
  #seen: string | undefined;
  #closed: string | undefined;
  #drawn = '';
  #step: string | undefined;
  #stepSince = 0;
  #clock: ReturnType<typeof setInterval> | undefined;

  /** `shows`: which changes belong here. */
  constructor(parent: () => Element | null, shows: (change: LabChange) => boolean) {
    this.#parent = parent;
    this.#shows = shows;
  }

  get open(): boolean {
    return this.#box !== undefined;
  }

  update({ lab, connection }: LabSnapshot): void {
    const change = lab?.change;
    if (change?.state === 'running') this.#seen = change.id;
    if (change === undefined || change.id !== this.#seen || change.id === this.#closed || !this.#shows(change)) {
      this.close();
      return;
    }
    this.#follow(change);
    const news = changeNews(change, Date.now() - this.#stepSince);
    const live = connection.kind === 'open' && lab?.state === 'ready';
    const signature = JSON.stringify([news, live]);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    const kept = this.#box?.contains(document.activeElement) ?? false;
    const acts = h('div', { class: 'acts' }, ...this.#buttons(change, news.archive, live));
    const fresh = h(
      'div',
      { class: 'change', role: 'group', 'aria-label': news.title },
      h('h2', {}, ...sentence(news.title)),
      // Once all is done, the outcome and its buttons need the room.
      change.state !== 'done' && h('ol', { class: 'boot' }, ...news.steps.map(drawStep)),
      news.text !== '' && h('p', {}, ...sentence(news.text)),
      change.state !== 'running' && acts,
    );
    if (this.#box === undefined) this.#parent()?.append(fresh);
    else this.#box.replaceWith(fresh);
    this.#box = fresh;
    if (kept) fresh.querySelector<HTMLElement>('button')?.focus();
  }

  close(): void {
    clearInterval(this.#clock);
    this.#clock = undefined;
    this.#box?.remove();
    this.#box = undefined;
    this.#drawn = '';
  }

  /** Announces each step, and lets the seconds of the step that runs go on. */
  #follow(change: LabChange): void {
    const running = change.steps.find((step) => step.state === 'running');
    const step = `${change.id} ${change.state} ${running?.id ?? ''}`;
    if (step !== this.#step) {
      this.#step = step;
      this.#stepSince = Date.now();
      const { title, steps, text } = changeNews(change, 0);
      const at = steps.find(({ current }) => current);
      announce(change.state === 'running' ? (at?.title ?? title) : `${title}. ${text.replaceAll('`', '')}`);
    }
    if (change.state !== 'running') {
      clearInterval(this.#clock);
      this.#clock = undefined;
    } else this.#clock ??= setInterval(() => this.update(workbenchParts().store.now), 1000);
  }

  #buttons(change: LabChange, archive: string | undefined, live: boolean): HTMLElement[] {
    const button = (label: string, run: () => void): HTMLElement => {
      const made = h('button', { type: 'button', class: 'btn small' }, label);
      if (!live && label !== 'Fermer') made.setAttribute('aria-disabled', 'true');
      else made.addEventListener('click', run);
      return made;
    };
    return [
      ...(archive === undefined ? [] : [button('Rendre ce projet', () => void giveBack(archive))]),
      button('Projets archivés', () => void openArchives()),
      button('Fermer', () => {
        this.#closed = change.id;
        this.close();
      }),
    ];
  }
}

/** What becomes of it is shown as a change. */
function giveBack(archive: string): Promise<boolean> {
  return askServer(() => workbenchParts().workspace.changeLab({ action: 'restore', archive }));
}
