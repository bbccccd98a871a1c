import type { WorkshopAction, WorkshopStatus } from '../../../contract/workshop.ts';
import { announce } from '../announce.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { askServer } from './ask-server.ts';
import { WatchingElement } from './watching-element.ts';
import { drawWorkshop, stateOf } from './workshop-view.ts';

/** The workshop of a lesson: its state, its buttons, the last verdict. */
export class WorkshopElement extends WatchingElement {
  #drawn = '';
  #spoken: string | undefined;

  protected override draw({ workshop, connection, lab }: LabSnapshot): void {
    if (workshop === undefined) return;
    const live = connection.kind === 'open' && lab?.state === 'ready';
    const signature = JSON.stringify([workshop, live]);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    const focused = this.contains(document.activeElement);
    const opened = this.#openHints(workshop);
    drawWorkshop(this, workshop, { live, act: (action) => void ask(action) });
    for (const [index, hint] of this.querySelectorAll<HTMLDetailsElement>('.hint').entries()) hint.open = opened.has(index);
    if (focused) this.querySelector<HTMLElement>('[data-does]')?.focus({ preventScroll: true });
    this.#speak(workshop);
  }

  /** Which hints of this fault the reader has opened. */
  #openHints({ fault }: WorkshopStatus): ReadonlySet<number> {
    const same = this.dataset.fault === fault?.id;
    this.dataset.fault = fault?.id ?? '';
    const all = same ? [...this.querySelectorAll<HTMLDetailsElement>('.hint')] : [];
    return new Set(all.flatMap((hint, index) => (hint.open ? [index] : [])));
  }

  /** Announces the end of what was asked for, and its steps; nothing at the first drawing. */
  #speak(status: WorkshopStatus): void {
    const { doing, problem, verdict } = status;
    const observed = verdict?.verdict === 'not-met' ? verdict.diagnosis.observed : '';
    const words = doing ?? problem?.message ?? `Atelier : ${stateOf(status).word}. ${observed}`;
    if (this.#spoken !== undefined && this.#spoken !== words) announce(words);
    this.#spoken = words;
  }
}

function ask(action: WorkshopAction): Promise<boolean> {
  return askServer(() => workbenchParts().workspace.changeWorkshop(action));
}
