import type { Verdict } from '../../../contract/verdict.ts';
import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import type { LabSnapshot, TaskVerdicts } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h } from '../dom.ts';
import { trialLeader, trialWords } from './trial-words.ts';
import { drawRow } from './verdict-row.ts';
import { ago, criteriaWords, pointWords, scoreOf, stateOf, waitsLike } from './verdict-words.ts';

/** The list of criteria at the end of a lesson: part of the static page, then updated row by row as verdicts arrive. */
export class CriteriaElement extends HTMLElement {
  #end: (() => void) | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  readonly #drawn = new Map<string, string>();
  #spoken: ReadonlyMap<string, string> | undefined;
  #seconds: ReturnType<typeof setInterval> | undefined;
  #step: string | undefined;

  connectedCallback(): void {
    // A router may connect an element only briefly, so start only if it is still connected.
    queueMicrotask(() => {
      if (!this.isConnected || this.#end !== undefined) return;
      this.#end = workbenchParts().store.watch((now) => this.#draw(now));
      this.#clock = setInterval(() => this.#foot(workbenchParts().store.now), 5000);
    });
  }

  disconnectedCallback(): void {
    this.#end?.();
    this.#end = undefined;
    clearInterval(this.#clock);
    clearInterval(this.#seconds);
    this.#seconds = undefined;
  }

  get #task(): string {
    return this.dataset.task ?? '';
  }

  #draw(now: LabSnapshot): void {
    const task = now.verdicts.get(this.#task);
    this.#foot(now);
    if (task === undefined) return;
    const list = this.querySelector('ol');
    if (list === null) return;
    const actions = {
      trial: (criterion: string) => workbenchParts().workspace.trial(criterion),
      open: (file: string, line: number | undefined) => workbenchParts().openFile(file, line),
      busy: now.trial !== undefined,
      live: now.connection.kind === 'open' && now.lab?.state === 'ready',
    };
    const items = new Map(
      [...list.children].flatMap((item) => (item instanceof HTMLElement ? [[item.dataset.criterion ?? '', item] as const] : [])),
    );
    const wanted = task.criteria.map((verdict, index) => {
      const item = items.get(verdict.id) ?? h('li');
      const said = waitsLike(verdict, task.criteria[index - 1]);
      const leader = trialLeader(verdict, task.criteria);
      const tries = now.trial?.criteria.includes(verdict.id) === true && leader.id === verdict.id;
      const signature = JSON.stringify([verdict, actions.busy, actions.live, said, leader.id, tries]);
      if (this.#drawn.get(verdict.id) !== signature) {
        drawRow(item, verdict, { ...actions, said, leader, tries });
        this.#drawn.set(verdict.id, signature);
      }
      return item;
    });
    if (wanted.length !== list.children.length || wanted.some((item, index) => list.children[index] !== item))
      list.replaceChildren(...wanted);
    this.#tellTrial(now);
    if (!task.checking) this.#speak(task.criteria);
  }

  /** Tells under the trial's button what the trial is at, and for how long; announces each step. */
  #tellTrial({ trial }: LabSnapshot): void {
    const place = this.querySelector('.trial-at');
    if (trial === undefined || place === null) {
      clearInterval(this.#seconds);
      this.#seconds = undefined;
      this.#step = undefined;
      return;
    }
    setText(place, french(trialWords(trial, Date.now())));
    this.#seconds ??= setInterval(() => this.#tellTrial(workbenchParts().store.now), 1000);
    if (trial.step === this.#step || trial.step === undefined) return;
    this.#step = trial.step;
    announce(trial.step);
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

  #foot(now: LabSnapshot): void {
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

function checkedWords(now: LabSnapshot, task: TaskVerdicts | undefined): string {
  if (task === undefined)
    return now.lab?.state === 'ready' && now.connection.kind === 'open' ? 'première vérification…' : 'vérifiés dès que le labo est prêt';
  if (task.checking) return 'vérification en cours';
  return `vérifiés ${ago(Date.now() - Date.parse(task.at))}`;
}
