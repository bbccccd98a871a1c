import { z } from 'zod';
import { archiveNameSchema, labIdSchema } from '../../contract/lab.ts';
import { taskIdSchema } from '../../contract/verdict.ts';

/** The protocol between the command line and the running server, under `/api/server` and `/api/labs`. */
export const serverInfoSchema = z.object({ pid: z.number().int().positive() });

export const startRequestSchema = z.strictObject({ lab: labIdSchema.optional() });

export const checkRequestSchema = z.strictObject({
  tasks: z.array(taskIdSchema).max(50),
  trials: z.boolean(),
  waitMs: z.number().int().min(0).max(3_600_000),
});

export const replaceReportSchema = z.object({ archive: z.string().nullable() });

export const restoreRequestSchema = z.strictObject({ archive: archiveNameSchema });

/** Lets the command line contact the lab's agent directly. */
export const labEndpointAnswerSchema = z.object({
  endpoint: z.object({ container: z.string(), agentUrl: z.string(), sourceControlUrl: z.string() }),
  agentToken: z.string(),
  sourceToken: z.string(),
});
