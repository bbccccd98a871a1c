import { z } from 'zod';
import { criterionIdSchema } from './verdict.ts';

const isoTimeSchema = z.string().max(40);

/** A criterion that was met at least once. It stays in the list; `last` is its latest verdict. */
export const achievementSchema = z.object({
  criterion: criterionIdSchema,
  firstMetAt: isoTimeSchema,
  last: z.object({ verdict: z.enum(['met', 'not-met', 'cannot-tell']), at: isoTimeSchema }),
});

/** `GET /api/progress`, with the session's token: what the learner who asks has met, the earliest first. */
export const progressSchema = z.object({ achievements: z.array(achievementSchema).max(500) });

export type Achievement = z.infer<typeof achievementSchema>;
export type Progress = z.infer<typeof progressSchema>;
