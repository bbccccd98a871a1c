import { z } from 'zod';
import { archiveNameSchema, labStatusSchema } from './lab.ts';
import { stackMapSchema } from './stack-map.ts';
import { criterionIdSchema, taskIdSchema, verdictSchema } from './verdict.ts';
import { workshopStatusSchema } from './workshop.ts';

/**
 * The API for the page, under `/api`, and its two websockets.
 *
 * | request | reply |
 * |---|---|
 * | `POST /api/session` | `sessionSchema`; refused unless Host, Origin and Sec-Fetch-Site are the site's own |
 * | `GET /api/setup` | `setupStatusSchema`, without a token; shown by the page while there is no lab |
 * | `GET /api/files/tree`, `GET /api/files/content?path=`, `PUT /api/files/content` | see `files.ts` |
 * | `POST /api/files/{folder,move,trash,restore}` | as in the agent's API, see `agent.ts` |
 * | `GET /api/files/problems?path=` | `fileProblemsSchema` |
 * | `POST /api/lab` `labActionSchema` | 202; the frames `lab` report what becomes of it |
 * | `GET /api/lab/archives` | `labArchivesSchema` in `lab.ts` |
 * | `GET /api/map/logs?service=` | `mapLogsSchema` in `stack-map.ts` |
 * | `POST /api/workshop` `workshopRequestSchema` | 202 |
 * | `GET /api/progress` | see `progress.ts` |
 * | websocket `/ws/terminals/:id` | `authFrameSchema`, then the frames of `terminal.ts` |
 * | websocket `/ws/workspace` | `authFrameSchema`, then the frames below |
 *
 * All but the first two requests carry the session's token: in the header `authorization: Bearer …`, or, on a websocket, in the first
 * frame, within `AUTH_DEADLINE_MS`. A token is valid until the server stops; after a restart, request another. A websocket's close code is
 * one of `CLOSE`.
 */
export const sessionSchema = z.object({ token: z.string().min(20).max(200) });

/** Milliseconds a websocket may stay open before its first frame, `auth`. */
export const AUTH_DEADLINE_MS = 5000;

/** Codes with which the server closes a websocket, and how the page reacts. */
export const CLOSE = {
  /** The server stops or restarts: reconnect, and request a new token if the old one is refused. */
  serverGone: 1012,
  /** A frame does not match its schema or came in the wrong order. This is a bug in the page: do not repeat the frame. */
  badFrame: 4400,
  /** The token is wrong or did not arrive in time: request one with `POST /api/session`, then reconnect. */
  unauthorized: 4401,
  /** The lab or its agent does not answer at the moment: reconnect with growing delays. `/ws/workspace` reports the state of the lab. */
  labAway: 4503,
} as const;

/** The largest text frame of `/ws/workspace` from the page, in bytes. */
export const WORKSPACE_FRAME_BYTES = 16 * 1024;

export const authFrameSchema = z.object({ type: z.literal('auth'), token: z.string().min(1).max(200) });

export const labActionSchema = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['start', 'stop', 'reset', 'start-engine']) }),
  /** Archives the project and puts the state before the task. */
  z.object({ action: z.literal('state-before'), task: taskIdSchema }),
  /** Archives the project and gives an archived one back. */
  z.object({ action: z.literal('restore'), archive: archiveNameSchema }),
]);

/** A step of what `npm start` prepares, as the page lists it. The lab can start once every step with `blocksLab` is done. */
export const setupStepSchema = z.object({
  id: z.string().max(60),
  /** In French, shown unchanged. */
  title: z.string().max(200),
  state: z.enum(['todo', 'running', 'done', 'failed', 'skipped']),
  blocksLab: z.boolean(),
  tookMs: z.number().nonnegative().optional(),
  /** The latest line of progress. */
  detail: z.string().max(300).optional(),
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
});

/**
 * An image of the course. `official`: pulled from the public registry; `built`: built on this machine under the same name. Labs can pull it
 * once it is `ready`.
 */
export const courseImageSchema = z.object({ name: z.string().max(300), origin: z.enum(['official', 'built']), ready: z.boolean() });

export const setupStatusSchema = z.object({
  steps: z.array(setupStepSchema).max(40),
  /** Absent until the registry for the labs runs. */
  images: z.array(courseImageSchema).max(200).optional(),
});

/** A port that a container of the lab publishes, and its address on this machine. */
export const previewSchema = z.object({
  /** Name of the container, and of its Compose service where it has one. */
  container: z.string().max(300),
  service: z.string().max(300).optional(),
  /** `published`: the port that the lab asked for (5050 in `-p 5050:80`); `inside`: the container's port (80). */
  published: z.number().int().min(1).max(65_535),
  inside: z.number().int().min(1).max(65_535),
  /** `localhost:5050`, with another port where 5050 is taken on this machine. Null: no port could be opened. */
  address: z.string().max(100).nullable(),
  /** Absent where a browser cannot open the service, a database for example. */
  url: z.string().max(200).optional(),
  /** `starting`: the container has just started and nothing listens yet. */
  state: z.enum(['answers', 'starting', 'silent']),
  /** Why the port does not answer, in French. */
  problem: z.object({ code: z.string().max(100), message: z.string().max(2000), hint: z.string().max(2000) }).optional(),
});

/** Maximum number of forwarded ports per lab. */
export const MAX_PREVIEWS = 40;

export const workspaceClientFrameSchema = z.discriminatedUnion('type', [
  /** The task of the open lesson. From now on its verdicts are sent whenever they change. */
  z.object({ type: z.literal('watch'), task: taskIdSchema }),
  /** Judge the task again now. */
  z.object({ type: z.literal('check'), task: taskIdSchema }),
  /** Run the trial, after the learner has agreed to what the criterion announces. */
  z.object({ type: z.literal('trial'), criterion: z.string().max(80) }),
  /** Whether the page shows the map. While it does, the map is sent whenever it changes. */
  z.object({ type: z.literal('map'), shown: z.boolean() }),
]);

export const workspaceServerFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('setup'), setup: setupStatusSchema }),
  z.object({ type: z.literal('lab'), lab: labStatusSchema }),
  z.object({ type: z.literal('files'), paths: z.array(z.string().max(1024)).max(1000) }),
  /**
   * The verdicts of all criteria of the task. `checking`: a new look is running, and these verdicts are from the one before. `at`: ISO time
   * of the look.
   */
  z.object({
    type: z.literal('verdicts'),
    task: taskIdSchema,
    checking: z.boolean(),
    at: z.string().max(40),
    criteria: z.array(verdictSchema).max(100),
  }),
  /**
   * The trial that runs in the lab, sent to every page at each of its steps, and null when it has ended. `step` is French. `elapsedMs`: since
   * it was started; `usualMs`: how long it took last, or usually takes.
   */
  z.object({
    type: z.literal('trial'),
    trial: z
      .object({
        criteria: z.array(criterionIdSchema).max(100),
        step: z.string().max(200),
        elapsedMs: z.number().nonnegative(),
        usualMs: z.number().nonnegative(),
      })
      .nullable(),
  }),
  /**
   * What the open lesson builds on and the project lacks; sent after `watch`, and when it changes. `missing`: files of the state before the
   * task, empty if the project has what the lesson needs. `empty`: the project has no file at all.
   */
  z.object({ type: z.literal('base'), task: taskIdSchema, empty: z.boolean(), missing: z.array(z.string().max(300)).max(50) }),
  z.object({ type: z.literal('workshop'), workshop: workshopStatusSchema }),
  /** All published ports of the lab; empty while the lab is unavailable. */
  z.object({ type: z.literal('previews'), previews: z.array(previewSchema).max(MAX_PREVIEWS) }),
  /** Sent only to pages that show it. */
  z.object({ type: z.literal('map'), map: stackMapSchema }),
  z.object({ type: z.literal('error'), error: z.object({ code: z.string(), message: z.string(), hint: z.string() }) }),
]);

export type SetupStep = z.infer<typeof setupStepSchema>;
export type CourseImage = z.infer<typeof courseImageSchema>;
export type Preview = z.infer<typeof previewSchema>;
export type LabAction = z.infer<typeof labActionSchema>;
export type SetupStatus = z.infer<typeof setupStatusSchema>;
export type WorkspaceClientFrame = z.infer<typeof workspaceClientFrameSchema>;
export type WorkspaceServerFrame = z.infer<typeof workspaceServerFrameSchema>;
