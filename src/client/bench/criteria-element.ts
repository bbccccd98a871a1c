import type { Verdict } from '../../../contract/verdict.ts';
import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import { h } from '../dom.ts';
import { bench } from './here.ts';
import type { Snapshot, TaskVerdicts } from './store.ts';
import { drawRow } from './verdict-row.ts';
import { ago, criteriaWords, pointWords, scoreOf, stateOf, waitsLike } from './verdict-words.ts';

/** The list of criteria at the end of a lesson: part of the static page, then updated row by row as verdicts arrive. */
export class CriteriaElement extends HTMLElement {
  #end: (() => void) | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  readonly #drawn = new Map<string, string>();
  #spoken: ReadonlyMap<string, string> | undefined;

  connectedCallback(): void {
    // A router may connect an element only briefly, so start only if it is still connected.
    queueMicrotask(() => {
      if (!this.isConnected || this.#end !== undefined) return;
      this.#end = bench().store.watch((now) => this.#draw(now));
      this.#clock = setInterval(() => this.#foot(bench().store.now), 5000);
    });
  }

  disconnectedCallback(): void {
    this.#end?.();
    this.#end = undefined;
    clearInterval(this.#clock);
  }

  get #task(): string {
    return this.dataset.task ?? '';
  }

  #draw(now: Snapshot): void {
    const task = now.verdicts.get(this.#task);
    this.#foot(now);
    if (task === undefined) return;
    const list = this.querySelector('ol');
    if (list === null) return;
    const acts = {
      trial: (criterion: string) => bench().workspace.trial(criterion),
      open: (file: string, line: number | undefined) => bench().openFile(file, line),
      busy: now.trial !== undefined,
      live: now.line.kind === 'open' && now.lab?.state === 'ready',
    };
    const items = new Map(
      [...list.children].flatMap((item) => (item instanceof HTMLElement ? [[item.dataset.criterion ?? '', item] as const] : [])),
    );
    const wanted = task.criteria.map((verdict, index) => {
      const item = items.get(verdict.id) ?? h('li');
      const said = waitsLike(verdict, task.criteria[index - 1]);
      const signature = JSON.stringify([verdict, acts.busy, acts.live, said]);
      if (this.#drawn.get(verdict.id) !== signature) {
        drawRow(item, verdict, { ...acts, said });
        this.#drawn.set(verdict.id, signature);
      }
      return item;
    });
    if (wanted.length !== list.children.length || wanted.some((item, index) => list.children[index] !== item))
      list.replaceChildren(...wanted);
    if (!task.checking) this.#speak(task.criteria);
  }

  /** Announces to screen readers what changed since the last look; announces nothing at the first look. */
  #speak(criteria: readonly Verdict[]): void {
    const now = new Map(criteria.map((verdict) => [verdict.id, stateOf(verdict).word]));
    const before = this.#spoken;
    this.#spoken = now;
    if (before === undefined) return;
    const changed = criteria.filter((verdict) => before.get(verdict.id) !== now.get(verdict.id));
    if (changed.length === 0) return;
    const said = changed.map((verdict) => `${verdict.title.replaceAll('`', '')} : ${now.get(verdict.id)}`);
    announce(french(`${said.join('. ')}. ${criteriaWords(scoreOf(criteria))}.`));
  }

  #foot(now: Snapshot): void {
    const section = this.closest('.criteria');
    const task = now.verdicts.get(this.#task);
    setText(section?.querySelector('[data-checked]'), checkedWords(now, task));
    if (task === undefined) return;
    const score = scoreOf(task.criteria);
    setText(section?.querySelector('[data-score]'), `${score.met} sur ${score.of}, ${pointWords(score)}`);
  }
}

function setText(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

function checkedWords(now: Snapshot, task: TaskVerdicts | undefined): string {
  if (task === undefined)
    return now.lab?.state === 'ready' && now.line.kind === 'open' ? 'première vérification…' : 'vérifiés dès que le labo est prêt';
  if (task.checking) return 'vérification en cours';
  return `vérifiés ${ago(Date.now() - Date.parse(task.at))}`;
}
