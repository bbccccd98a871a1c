import { z } from 'zod';

/** A lab's id: part of the names of its container, network and volumes. */
export const labIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

export const labStateSchema = z.enum(['creating', 'starting', 'ready', 'stopping', 'stopped', 'failed']);

/** How the lab is isolated from the host: by its own user namespace, or by capabilities only (weaker; must be set explicitly). */
export const isolationSchema = z.enum(['userns', 'capabilities']);

/** One step of a start, as the page lists it. */
export const labStepSchema = z.object({
  id: z.enum(['volumes', 'isolation', 'agent', 'engine', 'project']),
  state: z.enum(['todo', 'running', 'done', 'failed']),
  tookMs: z.number().nonnegative().optional(),
});

export const labStatusSchema = z.object({
  lab: labIdSchema,
  state: labStateSchema,
  isolation: isolationSchema,
  steps: z.array(labStepSchema),
  /** Why the lab failed or what is wrong with it, in French. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
  engine: z
    .object({ running: z.boolean(), version: z.string().max(60).optional(), containers: z.number().int().nonnegative().optional() })
    .optional(),
  memory: z.object({ usedBytes: z.number().nonnegative(), limitBytes: z.number().nonnegative() }).optional(),
  disk: z.object({ usedBytes: z.number().nonnegative(), limitBytes: z.number().nonnegative() }).optional(),
});

/** What `escale lab start --json` prints. `container` is the host engine's id. */
export const labStartedSchema = z.object({
  lab: labIdSchema,
  state: labStateSchema,
  container: z.string(),
  isolation: isolationSchema,
  tookMs: z.number().nonnegative(),
});

export type LabState = z.infer<typeof labStateSchema>;
export type Isolation = z.infer<typeof isolationSchema>;
export type LabStep = z.infer<typeof labStepSchema>;
export type LabStatus = z.infer<typeof labStatusSchema>;
export type LabStarted = z.infer<typeof labStartedSchema>;
