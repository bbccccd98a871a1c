import { z } from 'zod';

/** What every interface answers when it cannot do what was asked. `message` says what happened and why, `hint` what to do next; both are shown to people, in French. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/),
    message: z.string().max(2000),
    hint: z.string().max(2000),
  }),
});

export type ErrorBody = z.infer<typeof errorBodySchema>;
