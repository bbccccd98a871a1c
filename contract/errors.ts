import { z } from 'zod';

/** The body of every error reply. `message` says what happened and why, `hint` what to do next. Both are shown to people, in French. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/),
    message: z.string().max(2000),
    hint: z.string().max(2000),
  }),
});

export type ErrorBody = z.infer<typeof errorBodySchema>;
