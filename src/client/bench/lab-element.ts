import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import { h, icon, sentence } from '../dom.ts';
import { splitButtons } from '../editor/workbench-split.ts';
import { remember, remembered } from '../memory.ts';
import { softKeys } from '../terminal/soft-keys-row.ts';
import { TerminalTabs } from '../terminal/terminal-tabs.ts';
import { bench } from './here.ts';
import { type Panel, type PanelAct, panelOf } from './lab-panel.ts';
import { drawPanel } from './panel-view.ts';
import { ask, note } from './question.ts';
import type { Snapshot } from './store.ts';

/** The lab's half of the page: the terminals, or the panel shown in their place. */
export class LabElement extends HTMLElement {
  #tabs: TerminalTabs | undefined;
  #panel: HTMLElement | undefined;
  #bar: HTMLElement | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #drawn = '';
  #awaited = false;
  #shownId: Panel['id'] | undefined;

  connectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected || this.#tabs !== undefined) return;
      this.#build();
    });
  }

  get tabs(): TerminalTabs | undefined {
    return this.#tabs;
  }

  /** Focuses the terminal. While a panel is shown in its place, focuses the panel, and the terminal once it appears. */
  enter(): void {
    this.#awaited = this.#panel !== undefined;
    if (this.#panel === undefined) this.#tabs?.current?.focus();
    else this.#panel.querySelector<HTMLElement>('button')?.focus();
  }

  #build(): void {
    const leave = h('button', { type: 'button', class: 'btn bare leave', 'data-act': 'lesson' }, icon('back'), 'Leçon');
    const tabs = new TerminalTabs();
    this.#tabs = tabs;
    const stack = h('div', { class: 'term-stack' });
    const reset = h('button', { type: 'button', class: 'btn bare small wide' }, 'Remettre à zéro');
    reset.addEventListener('click', () => void this.reset().then(() => reset.focus()));
    const reader = h('button', { type: 'button', class: 'btn small reader', 'aria-pressed': 'false' }, 'Lire le terminal à voix haute');
    reader.addEventListener('click', () => reader.setAttribute('aria-pressed', String(tabs.toggleReader())));
    const bar = h('div', { class: 'bar' }, leave, tabs.list, tabs.add, h('div', { class: 'end' }, reader, reset, ...splitButtons()));
    tabs.mount(stack);
    this.replaceChildren(
      bar,
      stack,
      softKeys((key) => tabs.current?.press(key)),
    );
    bench().store.watch((now, before) => this.#look(now, before));
  }

  #look(now: Snapshot, before: Snapshot): void {
    if (now.lab?.state === 'ready' && before.lab?.state !== 'ready' && before.startingSince !== undefined)
      remember({ startMs: Date.now() - before.startingSince });
    this.#draw();
    const moving = now.startingSince !== undefined;
    if (moving && this.#clock === undefined) this.#clock = setInterval(() => this.#draw(), 1000);
    if (!moving) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
    if (now.lab?.state === 'ready') this.#tabs?.begin();
    if (shellsAnswer(now) && !shellsAnswer(before)) this.#tabs?.retry();
    this.#engine(now);
    const stack = this.querySelector<HTMLElement>('.term-stack');
    if (now.problem !== undefined && now.problem !== before.problem && stack) note(stack, `${now.problem.message} ${now.problem.hint}`);
    this.dataset.lab = now.lab?.state ?? 'none';
  }

  /** Resets the project to the starter, after the learner has confirmed. */
  async reset(): Promise<void> {
    const stack = this.querySelector<HTMLElement>('.term-stack');
    if (stack === null) return;
    const text = french(
      'Remettre le labo à zéro ? Votre projet est archivé, puis remplacé par celui du départ ; conteneurs, images et volumes disparaissent.',
    );
    if (await ask(stack, { text, yes: 'Remettre à zéro' })) await this.#act('reset');
  }

  #draw(): void {
    const { now } = bench().store;
    const panel = panelOf(now, Date.now(), remembered().startMs);
    const signature = JSON.stringify(panel ?? null);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    if (panel !== undefined && panel.id !== this.#shownId) announce(panel.title);
    if (panel === undefined && this.#shownId !== undefined && this.#shownId !== 'connecting') announce('Le labo est prêt');
    this.#shownId = panel?.id;
    const stack = this.querySelector('.term-stack');
    if (panel === undefined) {
      const hadFocus = this.#panel?.contains(document.activeElement) ?? false;
      this.#panel?.remove();
      this.#panel = undefined;
      if (hadFocus || (this.#awaited && document.activeElement === document.body)) this.#tabs?.current?.focus();
      this.#awaited = false;
      return;
    }
    const fresh = drawPanel(panel, (act) => this.#act(act));
    if (this.#panel === undefined) stack?.append(fresh);
    else this.#panel.replaceWith(fresh);
    this.#panel = fresh;
  }

  /** Offers to start the lab's engine when it has stopped. The shells keep running and stay on screen. */
  #engine({ lab, line }: Snapshot): void {
    const stopped = lab?.state === 'ready' && lab.engine?.running === false && line.kind === 'open';
    if (!stopped) {
      this.#bar?.remove();
      this.#bar = undefined;
      return;
    }
    if (this.#bar !== undefined) return;
    const start = h('button', { type: 'button', class: 'btn small' }, 'Démarrer le moteur');
    start.addEventListener('click', () => {
      start.setAttribute('aria-disabled', 'true');
      void this.#act('start-engine').finally(() => start.removeAttribute('aria-disabled'));
    });
    const why = lab.problem?.message ?? 'Le moteur du labo est arrêté. Vos fichiers et vos volumes sont intacts.';
    this.#bar = h(
      'div',
      { class: 'term-ask', role: 'group', 'aria-label': 'Moteur arrêté' },
      h('p', {}, ...sentence(why)),
      h('div', { class: 'acts' }, start),
    );
    this.querySelector('.term-stack')?.append(this.#bar);
    announce('Le moteur du labo est arrêté');
  }

  async #act(act: PanelAct | 'reset'): Promise<void> {
    if (act === 'retry') {
      if (this.#shownId === 'fault') location.reload();
      else bench().retry();
      return;
    }
    try {
      await bench().workspace.act(act);
    } catch {
      announce('Le serveur n’a pas pu le faire. Essayez de nouveau.');
    }
  }
}

/** Whether the lab accepts terminals, so that those waiting for a retry can connect at once. */
function shellsAnswer({ line, lab }: Snapshot): boolean {
  return line.kind === 'open' && lab?.state === 'ready';
}
