import { z } from 'zod';
import { criterionIdSchema, taskIdSchema } from './verdict.ts';

const failedSchema = z.object({ criterion: criterionIdSchema, code: z.string() });

/** What `escale lesson test --json` prints. */
export const lessonReportSchema = z.object({
  tasks: z.array(
    z.object({
      task: taskIdSchema,
      /** Nothing of it is met before the task is begun; after the solution everything is. `got`: what stands in the way. */
      starter: z.object({ ok: z.boolean(), got: z.array(failedSchema) }),
      solution: z.object({ ok: z.boolean(), got: z.array(failedSchema) }),
      mistakes: z.array(z.object({ name: z.string(), expected: z.array(failedSchema), got: z.array(failedSchema), ok: z.boolean() })),
      variants: z.array(z.object({ name: z.string(), ok: z.boolean(), got: z.array(failedSchema) })),
    }),
  ),
  /** How many of all these are not ok. */
  wrong: z.number().int().nonnegative(),
  tookMs: z.number().nonnegative(),
});

export type LessonReport = z.infer<typeof lessonReportSchema>;
export type Failed = z.infer<typeof failedSchema>;
