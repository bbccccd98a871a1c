import plan from '../../../content/plan.json' with { type: 'json' };
import type { Achievement } from '../../../contract/progress.ts';
import type { LastRead } from '../reading/last-read.ts';
import { type Announced, type Standing, standingOf } from './standing.ts';

/** What the overview is drawn from. */
export interface View {
  readonly achievements: ReadonlyMap<string, Achievement>;
  /** Milliseconds by lesson, of this browser. */
  readonly spent: Readonly<Record<string, number>>;
  readonly last: LastRead | undefined;
  readonly now: Date;
}

const criteria: readonly Announced[] = plan.criteria;

/** How far one is in a task, a row of the point table, or the whole. */
export function standingIn(view: Pick<View, 'achievements'>, wanted: (criterion: Announced) => boolean): Standing {
  return standingOf(criteria.filter(wanted), view.achievements);
}

/** Milliseconds on a part, lessons that went included. */
export function spentOnPart(view: View, part: string): number {
  return spentOn(
    view,
    Object.keys(view.spent).filter((task) => task.startsWith(`${part}.`)),
  );
}

export function spentOn(view: View, tasks: readonly string[]): number {
  return tasks.reduce((sum, task) => sum + (view.spent[task] ?? 0), 0);
}

/** Writes a text where it differs: nothing is announced or laid out again for nothing. */
export function write(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
