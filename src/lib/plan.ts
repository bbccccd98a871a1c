import { type PlanCriterion, planSchema } from '../../contract/plan.ts';
import { french } from './french.ts';

/** The plan of points for one task. */
export interface TaskPlan {
  readonly criteria: readonly PlanCriterion[];
  readonly points: number;
  /** How the points are shared between the rows, the largest share first: « 7 points vont à « Dockerfile optimisé », 4 à « Sécurité ». » */
  readonly shares: string;
}

/** The criteria of one task in `content/plan.json`, in the order of the file. */
export function taskPlan(source: unknown, task: string): TaskPlan {
  const plan = planSchema.parse(source);
  const criteria = plan.criteria.filter((criterion) => criterion.task === task);
  const titles = new Map(plan.rows.map((row) => [row.id, row.title]));
  const sums = new Map<string, number>();
  for (const { row, points } of criteria) {
    const title = titles.get(row) ?? row;
    sums.set(title, (sums.get(title) ?? 0) + points);
  }
  return {
    criteria: criteria.map((criterion) => ({ ...criterion, title: french(criterion.title) })),
    points: criteria.reduce((sum, criterion) => sum + criterion.points, 0),
    shares: sharesInWords([...sums].filter(([, points]) => points > 0).sort((a, b) => b[1] - a[1])),
  };
}

export interface RowPlan {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  /** The points of the row that the published lessons teach. */
  readonly open: number;
}

/** The rows of the brief's point table. */
export function rowPlans(source: unknown, isOpen: (task: string) => boolean): RowPlan[] {
  const plan = planSchema.parse(source);
  return plan.rows.map(({ id, title, points }) => {
    const open = plan.criteria.filter((criterion) => criterion.row === id && isOpen(criterion.task));
    return { id, title: french(title), points, open: open.reduce((sum, criterion) => sum + criterion.points, 0) };
  });
}

function sharesInWords(shares: readonly (readonly [string, number])[]): string {
  const words = shares.map(([row, points], index) => {
    if (index > 0) return `${points} à « ${row} »`;
    return points > 1 ? `${points} points vont à « ${row} »` : `${points} point va à « ${row} »`;
  });
  return words.length === 0 ? '' : french(`${words.join(', ')}.`);
}
