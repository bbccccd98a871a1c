import { z } from 'zod';
import { taskIdSchema } from './verdict.ts';

/** A lab's id: part of the names of its container, network and volumes. */
export const labIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** `asleep`: stopped because nobody used it; it starts when somebody does. */
export const labStateSchema = z.enum(['creating', 'starting', 'ready', 'stopping', 'stopped', 'asleep', 'failed']);

/** Of the lab's Docker Engine. `starting`: clients that connect to it wait. */
export const engineStateSchema = z.enum(['starting', 'running', 'stopped']);

/** How the lab is isolated from the host: by its own user namespace, or by capabilities only (weaker; must be set explicitly). */
export const isolationSchema = z.enum(['userns', 'capabilities']);

const labStepIdSchema = z.enum(['volumes', 'isolation', 'agent', 'project', 'engine', 'warm']);

/** One step of a start, as the page lists it. The lab is ready before its engine is. `warm`, alone: a lab made ahead was taken over. */
export const labStepSchema = z.object({
  id: labStepIdSchema,
  state: z.enum(['todo', 'running', 'done', 'failed']),
  tookMs: z.number().nonnegative().optional(),
});

/** Why a project was archived: before a reset, before the state of a task was put, or before another archive was given back. */
export const archiveCauseSchema = z.enum(['reset', 'state', 'restore']);

/** The file name of an archived project: the lab, the time, the cause. */
export const archiveNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}-[0-9TZ.-]{20,40}(\.[a-z]{1,20})?\.tar$/);

/** A project that was archived before it was replaced. */
export const labArchiveSchema = z.object({
  name: archiveNameSchema,
  /** ISO time. */
  at: z.string().max(40),
  bytes: z.number().nonnegative(),
  cause: archiveCauseSchema,
});

/** `GET /api/lab/archives`, and `escale lab archives`: the archives of one lab, the newest first, and their folder on the server's machine. */
export const labArchivesSchema = z.object({ folder: z.string().max(4096), archives: z.array(labArchiveSchema).max(200) });

/** One step of replacing the project, as the page lists it. */
export const changeStepSchema = z.object({
  id: z.enum(['archive', 'stop', 'empty', 'start', 'project']),
  state: z.enum(['todo', 'running', 'done', 'failed']),
  tookMs: z.number().nonnegative().optional(),
  /** What it is at, in French. */
  detail: z.string().max(200).optional(),
});

/** The latest replacement of the project of a lab: a reset, the state before `task`, or an archive given back. */
export const labChangeSchema = z.object({
  /** Differs for each change. */
  id: z.string().max(40),
  kind: archiveCauseSchema,
  task: taskIdSchema.optional(),
  state: z.enum(['running', 'done', 'failed']),
  steps: z.array(changeStepSchema).max(10),
  /** The project as it was, once it is archived, with its path on the server's machine; null if there was nothing to keep. */
  archive: labArchiveSchema
    .extend({ path: z.string().max(4096) })
    .nullable()
    .optional(),
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
});

export const labStatusSchema = z.object({
  lab: labIdSchema,
  state: labStateSchema,
  isolation: isolationSchema,
  /** Made ahead: it waits for a learner. */
  warm: z.literal(true).optional(),
  steps: z.array(labStepSchema),
  /** Why the lab failed or what is wrong with it, in French. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
  engine: z
    .object({ state: engineStateSchema, version: z.string().max(60).optional(), containers: z.number().int().nonnegative().optional() })
    .optional(),
  memory: z.object({ usedBytes: z.number().nonnegative(), limitBytes: z.number().nonnegative() }).optional(),
  disk: z.object({ usedBytes: z.number().nonnegative(), limitBytes: z.number().nonnegative() }).optional(),
  /** Absent until the project was replaced once since this process began. */
  change: labChangeSchema.optional(),
});

/** What `escale lab start --json` prints. `container` is the host engine's id. */
export const labStartedSchema = z.object({
  lab: labIdSchema,
  state: labStateSchema,
  container: z.string(),
  isolation: isolationSchema,
  tookMs: z.number().nonnegative(),
  /** The steps that this start took, in milliseconds each. Those that overlap add up to more than `tookMs`. */
  steps: z.array(z.object({ name: labStepIdSchema, ms: z.number().nonnegative() })),
});

export type LabState = z.infer<typeof labStateSchema>;
export type EngineState = z.infer<typeof engineStateSchema>;
export type Isolation = z.infer<typeof isolationSchema>;
export type LabStep = z.infer<typeof labStepSchema>;
export type ArchiveCause = z.infer<typeof archiveCauseSchema>;
export type LabArchive = z.infer<typeof labArchiveSchema>;
export type LabArchives = z.infer<typeof labArchivesSchema>;
export type ChangeStep = z.infer<typeof changeStepSchema>;
export type LabChange = z.infer<typeof labChangeSchema>;
export type LabStatus = z.infer<typeof labStatusSchema>;
export type LabStarted = z.infer<typeof labStartedSchema>;
