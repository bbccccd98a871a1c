import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, icon, sentence } from '../dom.ts';
import { splitButtons } from '../editor/workbench-split.ts';
import { remember, remembered } from '../memory.ts';
import { settingsButton } from '../terminal/settings-button.ts';
import { softKeys } from '../terminal/soft-keys-row.ts';
import { TerminalTabs } from '../terminal/terminal-tabs.ts';
import { TypedAhead } from '../terminal/typed-ahead.ts';
import { openArchives } from './archives-dialog.ts';
import { askServer } from './ask-server.ts';
import { ChangeBox } from './change-box.ts';
import { type Panel, type PanelAction, panelOf } from './lab-panel.ts';
import { drawPanel } from './panel-view.ts';
import { ask, note } from './question.ts';

/** The panels that the terminal soon replaces: what is typed there is typed in it. */
const SOON: readonly Panel['id'][] = ['connecting', 'asleep', 'starting'];
/** Maximum time that what was typed ahead waits for the shell. */
const AHEAD_MS = 30_000;

/** The lab's half of the page: the terminals, or the panel shown in their place. */
export class LabElement extends HTMLElement {
  #tabs: TerminalTabs | undefined;
  #panel: HTMLElement | undefined;
  #bar: HTMLElement | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  readonly #change = new ChangeBox(
    () => this.querySelector('.term-stack'),
    ({ kind }) => kind !== 'state',
  );
  readonly #ahead = new TypedAhead();
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
    else (this.#panel.querySelector<HTMLElement>('button') ?? this.#panel).focus();
  }

  #build(): void {
    const leave = h('button', { type: 'button', class: 'btn bare leave', 'data-action': 'lesson' }, icon('back'), 'Leçon');
    const tabs = new TerminalTabs();
    this.#tabs = tabs;
    const stack = h('div', { class: 'term-stack' });
    const reset = h('button', { type: 'button', class: 'btn bare small wide' }, 'Remettre à zéro');
    reset.addEventListener('click', () => void this.reset().then(() => reset.focus()));
    const reader = h('button', { type: 'button', class: 'btn small reader', 'aria-pressed': 'false' }, 'Lire le terminal à voix haute');
    reader.addEventListener('click', () => reader.setAttribute('aria-pressed', String(tabs.toggleReader())));
    const bar = h(
      'div',
      { class: 'bar' },
      leave,
      tabs.list,
      tabs.add,
      h('div', { class: 'end' }, reader, ...settingsButton(), reset, ...splitButtons()),
    );
    tabs.mount(stack);
    this.replaceChildren(
      bar,
      stack,
      softKeys((key) => tabs.current?.press(key)),
    );
    workbenchParts().store.watch((now, before) => this.#update(now, before));
  }

  #update(now: LabSnapshot, before: LabSnapshot): void {
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
    this.#change.update(now);
    const stack = this.querySelector<HTMLElement>('.term-stack');
    if (now.problem !== undefined && now.problem !== before.problem && stack) note(stack, `${now.problem.message} ${now.problem.hint}`);
    this.dataset.lab = now.lab?.state ?? 'none';
  }

  /** Resets the project to the starter, after the learner has confirmed. */
  async reset(): Promise<void> {
    const stack = this.querySelector<HTMLElement>('.term-stack');
    if (stack === null) return;
    const text = french(
      'Remettre le labo à zéro ? Votre projet est archivé, puis remplacé par celui du départ ; conteneurs, images, volumes et programmes installés disparaissent.',
    );
    const other = { label: 'Projets archivés', run: () => void openArchives() };
    if (await ask(stack, { text, yes: 'Remettre à zéro', other })) await this.#do('reset');
  }

  #draw(): void {
    const { now } = workbenchParts().store;
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
      const ahead = this.#ahead.take();
      if (ahead !== '') void this.#tabs?.current?.typeLater(ahead, AHEAD_MS);
      return;
    }
    const fresh = drawPanel(panel, (action) => this.#do(action));
    if (SOON.includes(panel.id)) this.#takeKeys(fresh);
    const hadFocus = this.#panel !== undefined && document.activeElement === this.#panel;
    if (this.#panel === undefined) stack?.append(fresh);
    else this.#panel.replaceWith(fresh);
    this.#panel = fresh;
    if (hadFocus) fresh.focus();
  }

  /** Keys typed in a panel that the terminal soon replaces are kept for it. */
  #takeKeys(panel: HTMLElement): void {
    panel.tabIndex = 0;
    panel.append(this.#ahead.element);
    panel.addEventListener('keydown', (event) => {
      if (event.target !== panel || !this.#ahead.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Offers to start the lab's engine when it has stopped. The shells keep running and stay on screen. */
  #engine({ lab, connection }: LabSnapshot): void {
    const stopped = lab?.state === 'ready' && lab.engine?.state === 'stopped' && connection.kind === 'open';
    if (!stopped) {
      this.#bar?.remove();
      this.#bar = undefined;
      return;
    }
    if (this.#bar !== undefined) return;
    const start = h('button', { type: 'button', class: 'btn small' }, 'Démarrer le moteur');
    start.addEventListener('click', () => {
      start.setAttribute('aria-disabled', 'true');
      void this.#do('start-engine').finally(() => start.removeAttribute('aria-disabled'));
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

  async #do(action: PanelAction | 'reset'): Promise<void> {
    if (action === 'retry') {
      if (this.#shownId === 'fault') location.reload();
      else workbenchParts().retry();
      return;
    }
    await askServer(() => workbenchParts().workspace.changeLab(action));
  }
}

/** Whether the lab accepts terminals, so that those waiting for a retry can connect at once. */
function shellsAnswer({ connection, lab }: LabSnapshot): boolean {
  return connection.kind === 'open' && lab?.state === 'ready';
}
