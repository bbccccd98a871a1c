import type { Verdict } from '../../../contract/verdict.ts';
import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import type { LabSnapshot, TaskVerdicts } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, sentence, shape } from '../dom.ts';
import { lookWords, requestedLook } from './look-words.ts';
import { trialLeader, trialWords } from './trial-words.ts';
import { drawRow } from './verdict-row.ts';
import { criteriaWords, isBefore, pointWords, scoreOf, stateOf, waitsLike } from './verdict-words.ts';
import { WatchingElement } from './watching-element.ts';

/** The list of criteria at the end of a lesson: part of the static page, then updated row by row as verdicts arrive. */
export class CriteriaElement extends WatchingElement {
  readonly #drawn = new Map<string, string>();
  #spoken: ReadonlyMap<string, string> | undefined;
  /** ISO time of the requested look that was announced. */
  #told: string | undefined;
  #seconds: ReturnType<typeof setInterval> | undefined;
  #step: string | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#seconds);
    this.#seconds = undefined;
  }

  get #task(): string {
    return this.dataset.task ?? '';
  }

  protected override draw(now: LabSnapshot): void {
    const task = now.verdicts.get(this.#task);
    this.#foot(now);
    if (task === undefined) return;
    const list = this.querySelector('ol');
    if (list === null) return;
    const attempted = now.requested?.task === this.#task;
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
      const early = !attempted && isBefore(verdict, task.criteria);
      const leader = trialLeader(verdict, task.criteria);
      const tries = now.trial?.criteria.includes(verdict.id) === true && leader.id === verdict.id;
      const signature = JSON.stringify([verdict, actions.busy, actions.live, said, early, leader.id, tries]);
      if (this.#drawn.get(verdict.id) !== signature) {
        drawRow(item, verdict, { ...actions, said, early, leader, tries });
        markSteps(verdict);
        this.#drawn.set(verdict.id, signature);
      }
      return item;
    });
    if (wanted.length !== list.children.length || wanted.some((item, index) => list.children[index] !== item))
      list.replaceChildren(...wanted);
    this.#tellTrial(now);
    if (!task.checking) this.#speak(task.criteria, now);
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
    write(place, trialWords(trial, Date.now()));
    this.#seconds ??= setInterval(() => this.#tellTrial(workbenchParts().store.now), 1000);
    if (trial.step === this.#step || trial.step === undefined) return;
    this.#step = trial.step;
    announce(trial.step);
  }

  /** Announces to screen readers what changed since the last look, and the result of a look that was asked for; announces nothing at the first look. */
  #speak(criteria: readonly Verdict[], now: LabSnapshot): void {
    const words = new Map(criteria.map((verdict) => [verdict.id, stateOf(verdict).word]));
    const before = this.#spoken;
    this.#spoken = words;
    const requested = requestedLook(now, this.#task);
    if (requested !== undefined && requested.after.at !== this.#told) {
      this.#told = requested.after.at;
      announce(lookWords(requested.after, requested).replaceAll('`', ''));
      return;
    }
    if (before === undefined) return;
    const changed = criteria.filter((verdict) => before.get(verdict.id) !== words.get(verdict.id));
    if (changed.length === 0) return;
    const said = changed.map((verdict) => `${verdict.title.replaceAll('`', '')} : ${words.get(verdict.id)}`);
    announce(french(`${said.join('. ')}. ${criteriaWords(scoreOf(criteria))}.`));
  }

  #foot(now: LabSnapshot): void {
    const section = this.closest('.criteria');
    const task = now.verdicts.get(this.#task);
    write(section?.querySelector('[data-checked]'), checkedWords(now, this.#task, task));
    if (task === undefined) return;
    const score = scoreOf(task.criteria);
    write(section?.querySelector('[data-score]'), `${score.met} sur ${score.of}, ${pointWords(score)}`);
  }
}

/** Marks the criterion in the steps that lead to it. */
function markSteps(verdict: Verdict): void {
  const { shape: state } = stateOf(verdict);
  for (const link of document.querySelectorAll(`[data-proves="${CSS.escape(verdict.id)}"]`))
    link.firstElementChild?.replaceWith(shape(state));
}

function write(element: Element | null | undefined, text: string): void {
  if (element?.getAttribute('data-text') === text) return;
  element?.setAttribute('data-text', text);
  element?.replaceChildren(...sentence(text));
}

function checkedWords(now: LabSnapshot, id: string, task: TaskVerdicts | undefined): string {
  if (task === undefined)
    return now.lab?.state === 'ready' && now.connection.kind === 'open' ? 'Première vérification…' : 'Vérifiés dès que le labo est prêt.';
  if (task.checking) return 'Vérification en cours…';
  const requested = requestedLook(now, id);
  return requested === undefined ? lookWords(task) : lookWords(requested.after, requested);
}
