import '../bench/no-eval.ts';

import type { Achievement } from '../../../contract/progress.ts';
import { french } from '../../lib/french.ts';
import { Session } from '../bench/session.ts';
import { lastRead } from '../reading/last-read.ts';
import { timeSpent } from '../reading/time-spent.ts';
import { askProgress } from './ask-progress.ts';
import { drawParts } from './draw-parts.ts';
import { drawPoints } from './draw-points.ts';
import { drawResume } from './draw-resume.ts';
import { drawRoute } from './draw-route.ts';
import { type View, write } from './view.ts';

const AGAIN_MS = 15_000;
const session = new Session();
let achievements: ReadonlyMap<string, Achievement> | undefined;

/** Adds the criteria met and the time spent to the overview, whose static page is the plan. */
class ProgressElement extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.#draw();
    void this.#refresh();
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.#refresh();
    }, AGAIN_MS);
    document.addEventListener('visibilitychange', this.#seen);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  readonly #seen = (): void => {
    if (document.visibilityState === 'visible') void this.#refresh();
  };

  async #refresh(): Promise<void> {
    const page = this.closest('.page');
    try {
      achievements = await askProgress(session);
      write(page?.querySelector('[data-progress-note]'), french('Ce qui est « à venir » n’est pas encore écrit.'));
    } catch {
      // Without a server, the page keeps the plan, or the last known progress.
      write(page?.querySelector('[data-progress-note]'), french('Le serveur ne répond pas : la progression n’est pas à jour.'));
    }
    this.#draw();
  }

  #draw(): void {
    const page = this.closest('.page');
    if (page === null || !this.isConnected) return;
    const view: View = {
      achievements: achievements ?? new Map(),
      spent: timeSpent(),
      last: lastRead(),
      now: new Date(),
    };
    drawResume(page, view);
    drawRoute(page, view);
    if (achievements === undefined) return;
    drawParts(page, view);
    drawPoints(page, view);
  }
}

customElements.define('escale-progress', ProgressElement);
