import { z } from 'zod';
import { criterionIdSchema, taskIdSchema } from './verdict.ts';

const failedSchema = z.object({ criterion: criterionIdSchema, code: z.string() });
/** `tookMs`: how long the state was played. The time for the state at the end of a part is divided equally among its tasks. */
const stateSchema = z.object({ ok: z.boolean(), got: z.array(failedSchema), tookMs: z.number().nonnegative() });
/** `trials`: whether the case was played with trials. A mistake that no trial should find is judged without them. */
const caseSchema = stateSchema.extend({ name: z.string(), trials: z.boolean() });

/** One output shown in a lesson, compared with what its command prints now. `name` is `<lesson>/<step>`, as in `content/outputs`. */
const outputReportSchema = z.object({ name: z.string(), ok: z.boolean(), got: z.string().optional() });

/** What `escale lesson test --json` prints. */
export const lessonReportSchema = z.object({
  tasks: z.array(
    z.object({
      task: taskIdSchema,
      /**
       * The project before the task: no criterion may be met. `got`: the criteria that failed this expectation. Absent when only selected
       * cases were played, and so is `solution`.
       */
      starter: stateSchema.optional(),
      /** The solution: every criterion must be met, both at the task's own state and at the end of its part. */
      solution: stateSchema.optional(),
      mistakes: z.array(caseSchema.extend({ expected: z.array(failedSchema) })),
      variants: z.array(caseSchema),
    }),
  ),
  /** Absent when only selected cases were played. */
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
