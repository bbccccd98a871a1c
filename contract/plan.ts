import { z } from 'zod';
import { criterionShape, rowSchema } from './verdict.ts';

/** The brief's tasks, in its order. */
export const TASKS: readonly string[] = [
  ...['1.1', '1.2', '1.3', '1.4', '1.5'],
  ...['2.1', '2.2', '2.3', '2.4'],
  ...['3.1', '3.2', '3.3'],
  ...['4.1', '4.2', '4.3', '4.4', '4.5'],
  ...['5.1', '5.2', '5.3'],
  'deliverables',
];

/** A row of the brief's point table and what it is worth. */
export const planRowSchema = z.strictObject({ id: rowSchema, points: z.number().positive(), title: z.string().max(100) });

/** A criterion in the plan of points. The code that judges it is in the server. */
export const planCriterionSchema = z.strictObject(criterionShape);

/** `content/plan.json`: read by the server and by the site. */
export const planSchema = z.strictObject({
  rows: z.array(planRowSchema),
  criteria: z.array(planCriterionSchema),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanCriterion = z.infer<typeof planCriterionSchema>;
