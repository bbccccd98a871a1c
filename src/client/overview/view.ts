import plan from '../../../content/plan.json' with { type: 'json' };
import type { Achievement } from '../../../contract/progress.ts';
import type { LastRead } from '../reading/last-read.ts';
import { type Announced, type Standing, standingOf } from './standing.ts';

/** The data from which the overview is drawn. */
export interface View {
  readonly achievements: ReadonlyMap<string, Achievement>;
  /** Milliseconds per lesson, in this browser. */
  readonly spent: Readonly<Record<string, number>>;
  readonly last: LastRead | undefined;
  readonly now: Date;
}

const criteria: readonly Announced[] = plan.criteria;

/** The progress within a task, a row of the point table, or the whole course. */
export function standingIn(view: Pick<View, 'achievements'>, wanted: (criterion: Announced) => boolean): Standing {
  return standingOf(criteria.filter(wanted), view.achievements);
}

/** Milliseconds spent on a part, including lessons that no longer exist. */
export function spentOnPart(view: View, part: string): number {
  return spentOn(
    view,
    Object.keys(view.spent).filter((task) => task.startsWith(`${part}.`)),
  );
}

export function spentOn(view: View, tasks: readonly string[]): number {
  return tasks.reduce((sum, task) => sum + (view.spent[task] ?? 0), 0);
}

/** Writes a text only if it differs, to avoid needless announcements and layouts. */
export function write(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
