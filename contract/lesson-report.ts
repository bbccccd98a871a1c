import { z } from 'zod';
import { criterionIdSchema, taskIdSchema } from './verdict.ts';

const failedSchema = z.object({ criterion: criterionIdSchema, code: z.string() });
/** `tookMs`: how long it was played; the end of a part counts for its tasks in equal shares. */
const stateSchema = z.object({ ok: z.boolean(), got: z.array(failedSchema), tookMs: z.number().nonnegative() });
/** `trials` says whether trials were played: a mistake that none of them should find is judged by looking. */
const caseSchema = stateSchema.extend({ name: z.string(), trials: z.boolean() });

/** One output that a lesson shows, against what its command answers now. `name` is `<lesson>/<step>`, as `content/outputs` has them. */
const outputReportSchema = z.object({ name: z.string(), ok: z.boolean(), got: z.string().optional() });

/** What `escale lesson test --json` prints. */
export const lessonReportSchema = z.object({
  tasks: z.array(
    z.object({
      task: taskIdSchema,
      /** Nothing of it is met before the task is begun. `got`: what stands in the way. Absent where a choice of cases left it out, as is the solution. */
      starter: stateSchema.optional(),
      /** Everything is met, at the task's own state and at the end of its part. */
      solution: stateSchema.optional(),
      mistakes: z.array(caseSchema.extend({ expected: z.array(failedSchema) })),
      variants: z.array(caseSchema),
    }),
  ),
  /** Absent where a choice of cases left them out. */
  outputs: z.array(outputReportSchema).optional(),
  /** What was wrong, was played once more, and then was right: `1.4 port-fixed`. A defect to mend. */
  flaky: z.array(z.string()),
  /** How many of all these are not ok. */
  wrong: z.number().int().nonnegative(),
  tookMs: z.number().nonnegative(),
});

export type LessonReport = z.infer<typeof lessonReportSchema>;
export type Failed = z.infer<typeof failedSchema>;
export type OutputReport = z.infer<typeof outputReportSchema>;
