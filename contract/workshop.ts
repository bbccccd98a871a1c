import { z } from 'zod';
import { errorBodySchema } from './errors.ts';
import { diagnosisSchema } from './verdict.ts';

/**
 * The workshop: a copy of the learner's stack, in a folder beside the project, in which the server breaks one thing.
 * `start` makes a new copy with another fault, `restore` one with the same fault, `check` judges the repair, `leave` removes the copy.
 */
const workshopActionSchema = z.enum(['start', 'check', 'restore', 'leave']);

/** What the page asks for. `fault`, for `start`: this fault and no other; for the command line. */
export const workshopRequestSchema = z.strictObject({ action: workshopActionSchema, fault: z.string().max(60).optional() });

/** `code` of a diagnosis: `symptom.…` if it still fails, `lost.…` if something is gone, otherwise the name of what was found. */
export const workshopVerdictSchema = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('met') }),
  z.object({ verdict: z.literal('not-met'), diagnosis: diagnosisSchema, evidence: z.string().max(4000) }),
]);

export const workshopStatusSchema = z.object({
  state: z.enum(['closed', 'open', 'mended']),
  /** What is being done now, in French. Absent if nothing is. */
  doing: z.string().max(200).optional(),
  /** The folder of the copy, as the learner types it. */
  folder: z.string().max(200),
  /** What the learner can know of the fault. `cause`: what it was, once it is mended. */
  fault: z
    .object({
      id: z.string().max(60),
      symptom: z.string().max(1000),
      hints: z.array(z.string().max(1000)).max(10),
      cause: z.string().max(1000).optional(),
    })
    .optional(),
  /** Of the last check. */
  verdict: workshopVerdictSchema.optional(),
  /** Ids of the faults that were mended at least once, and how many faults there are. */
  mended: z.array(z.string().max(60)).max(100),
  of: z.number().int().nonnegative(),
  /** Why the last action failed, in French. */
  problem: errorBodySchema.shape.error.optional(),
});

export type WorkshopAction = z.infer<typeof workshopActionSchema>;
export type WorkshopVerdict = z.infer<typeof workshopVerdictSchema>;
export type WorkshopStatus = z.infer<typeof workshopStatusSchema>;
