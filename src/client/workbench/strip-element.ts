import { hour } from '../../lib/french-date.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, type Shape, shape } from '../dom.ts';
import { changeWords, requestedLook } from './look-words.ts';
import { markOtherTasks } from './task-marks.ts';
import { criteriaWords, pointWords, scoreOf, stateOf } from './verdict-words.ts';
import { WatchingElement } from './watching-element.ts';

/** The strip below the lesson: the shapes of all criteria at a fixed place, so that the page does not move when a verdict changes. */
export class StripElement extends WatchingElement {
  protected override begin(): void {
    workbenchParts().workspace.watch(this.dataset.task);
    markOtherTasks(workbenchParts().session).catch((error: unknown) => console.debug('tasks not marked', error));
  }

  protected override draw(now: LabSnapshot): void {
    const task = now.verdicts.get(this.dataset.task ?? '');
    const live = now.connection.kind === 'open' && now.lab?.state === 'ready';
    const button = this.querySelector<HTMLElement>('.check');
    const done = task?.criteria.every(({ verdict }) => verdict === 'met') ?? false;
    this.toggleAttribute('data-done', done);
    button?.classList.toggle('primary', live && !done);
    button?.setAttribute('aria-disabled', String(!live));
    const shapes = this.querySelector('.shapes');
    const score = this.querySelector('.score');
    if (shapes === null || score === null) return;
    if (task === undefined) {
      const quiet = score.querySelector('.quiet');
      const text = `· ${waitingFor(now)}`;
      if (quiet !== null && quiet.textContent !== text) quiet.textContent = text;
      return;
    }
    const states = task.criteria.map((verdict): Shape => stateOf(verdict).shape);
    if (shapes.getAttribute('data-states') !== states.join()) {
      shapes.setAttribute('data-states', states.join());
      shapes.replaceChildren(...states.map((state) => shape(state)));
      markTask(states);
    }
    const sums = scoreOf(task.criteria);
    const words = [criteriaWords(sums), noteOf(now, this.dataset.task ?? '') ?? pointWords(sums)] as const;
    if (score.getAttribute('data-words') !== words.join()) {
      score.setAttribute('data-words', words.join());
      score.replaceChildren(h('b', {}, words[0]), ' ', h('span', { class: 'quiet' }, `· ${words[1]}`));
    }
  }
}

/** What a look that the learner asked for has seen: « vérifié à 15 h 12, rien n’a changé ». */
function noteOf(now: LabSnapshot, task: string): string | undefined {
  if (now.requested?.task === task && now.requested.after === undefined) return 'vérification…';
  const requested = requestedLook(now, task);
  if (requested === undefined) return undefined;
  const { at, criteria } = requested.after;
  return `vérifié à ${hour(new Date(at))}, ${changeWords(requested.before, criteria)}`;
}

/** Marks the task of the open lesson in the list at the top of the lesson. */
function markTask(states: readonly Shape[]): void {
  const mark = document.querySelector('.tasks [aria-current] svg');
  const all = states.every((state) => state === 'met');
  const some = states.some((state) => state === 'met');
  mark?.replaceWith(all ? shape('met', 'atteint') : some ? shape('waiting', 'en cours') : shape('todo', 'à faire'));
}

function waitingFor({ connection, lab }: LabSnapshot): string {
  if (connection.kind === 'ended') return 'sans labo ici';
  return lab?.state === 'ready' ? 'vérification…' : 'en attente du labo';
}
