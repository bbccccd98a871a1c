import { z } from 'zod';
import { labStatusSchema } from './lab.ts';
import { taskIdSchema, verdictSchema } from './verdict.ts';

/**
 * The page's own API, under `/api`, and its two websockets.
 *
 * | request | answer |
 * |---|---|
 * | `POST /api/session` | `sessionSchema`; refused unless Host, Origin and Sec-Fetch-Site are the site's own |
 * | `GET /api/setup` | `setupStatusSchema`, no token needed: what the page shows while there is no lab |
 * | `GET /api/files/tree`, `GET /api/files/content?path=`, `PUT /api/files/content` | `files.ts` |
 * | `POST /api/files/{folder,move,trash,restore}` | as the agent's, `agent.ts` |
 * | `GET /api/files/problems?path=` | `fileProblemsSchema` |
 * | `POST /api/lab` `labActionSchema` | 202 |
 * | `GET /api/progress` | `progress.ts` |
 * | websocket `/ws/terminals/:id` | `authFrameSchema`, then `terminal.ts` |
 * | websocket `/ws/workspace` | `authFrameSchema`, then the frames below |
 *
 * All but the first two carry the session's token: header `authorization: Bearer …`, or first frame, due within
 * `AUTH_DEADLINE_MS`. The token lives as long as the server: after a restart ask for another. `CLOSE` says why a websocket closed.
 */
export const sessionSchema = z.object({ token: z.string().min(20).max(200) });

/** Milliseconds a websocket may stay open before its first frame, `auth`. */
export const AUTH_DEADLINE_MS = 5000;

/** Codes with which the server closes a websocket, and what the page does next. */
export const CLOSE = {
  /** The server stops or restarts: connect again, with a new token if the old one is refused. */
  serverGone: 1012,
  /** A frame off the schema or in the wrong order: a fault of the page, do not repeat it. */
  badFrame: 4400,
  /** No such token, or none in time: ask `POST /api/session` for one, then connect again. */
  unauthorized: 4401,
  /** The lab or its agent does not answer (now): connect again, less and less often; `/ws/workspace` says how the lab is. */
  labAway: 4503,
} as const;

/** The largest text frame of `/ws/workspace` from the page, in bytes. */
export const WORKSPACE_FRAME_BYTES = 16 * 1024;

export const authFrameSchema = z.object({ type: z.literal('auth'), token: z.string().min(1).max(200) });

export const labActionSchema = z.object({ action: z.enum(['start', 'stop', 'reset', 'start-engine']) });

/** What `npm start` prepares, as the page lists it. `lab` becomes possible once every step that `blocksLab` is done. */
export const setupStepSchema = z.object({
  id: z.string().max(60),
  /** French, shown as it is. */
  title: z.string().max(200),
  state: z.enum(['todo', 'running', 'done', 'failed', 'skipped']),
  blocksLab: z.boolean(),
  tookMs: z.number().nonnegative().optional(),
  /** The last line of progress. */
  detail: z.string().max(300).optional(),
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
});

/** An image of the course; `official` comes from the public registry, `built` is made here under the same name. Labs can pull it once it is `ready`. */
export const courseImageSchema = z.object({ name: z.string().max(300), origin: z.enum(['official', 'built']), ready: z.boolean() });

export const setupStatusSchema = z.object({
  steps: z.array(setupStepSchema).max(40),
  /** Absent until the registry of the labs runs. */
  images: z.array(courseImageSchema).max(200).optional(),
});

/** A port that a container of the lab publishes, as it is reached from this machine. */
export const previewSchema = z.object({
  /** Name of the container, and of its Compose service where it has one. */
  container: z.string().max(300),
  service: z.string().max(300).optional(),
  /** As it was asked for: the host's side of `-p 5050:80`, and the container's. */
  published: z.number().int().min(1).max(65_535),
  inside: z.number().int().min(1).max(65_535),
  /** `localhost:5050`; another port where that one is taken here. Null: none could be had. */
  address: z.string().max(100).nullable(),
  /** Absent where a browser has nothing to open: a database. */
  url: z.string().max(200).optional(),
  /** `starting`: nothing listens yet, in a container that has just started. */
  state: z.enum(['answers', 'starting', 'silent']),
  /** Why it does not answer, French. */
  problem: z.object({ code: z.string().max(100), message: z.string().max(2000), hint: z.string().max(2000) }).optional(),
});

/** The most ports of one lab that are led through. */
export const MAX_PREVIEWS = 40;

export const workspaceClientFrameSchema = z.discriminatedUnion('type', [
  /** The task of the open lesson: its verdicts follow the work from now on. */
  z.object({ type: z.literal('watch'), task: taskIdSchema }),
  /** Look again now. */
  z.object({ type: z.literal('check'), task: taskIdSchema }),
  /** Act, after the learner agreed to what the criterion announces. */
  z.object({ type: z.literal('trial'), criterion: z.string().max(80) }),
]);

export const workspaceServerFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('setup'), setup: setupStatusSchema }),
  z.object({ type: z.literal('lab'), lab: labStatusSchema }),
  z.object({ type: z.literal('files'), paths: z.array(z.string().max(1024)).max(1000) }),
  /** All criteria of the task. `checking`: a look is under way and these are the ones before it. `at`: ISO time of the look. */
  z.object({
    type: z.literal('verdicts'),
    task: taskIdSchema,
    checking: z.boolean(),
    at: z.string().max(40),
    criteria: z.array(verdictSchema).max(100),
  }),
  /** All published ports of the lab; none while it is away. */
  z.object({ type: z.literal('previews'), previews: z.array(previewSchema).max(MAX_PREVIEWS) }),
  z.object({ type: z.literal('error'), error: z.object({ code: z.string(), message: z.string(), hint: z.string() }) }),
]);

export type SetupStep = z.infer<typeof setupStepSchema>;
export type CourseImage = z.infer<typeof courseImageSchema>;
export type Preview = z.infer<typeof previewSchema>;
export type SetupStatus = z.infer<typeof setupStatusSchema>;
export type WorkspaceClientFrame = z.infer<typeof workspaceClientFrameSchema>;
export type WorkspaceServerFrame = z.infer<typeof workspaceServerFrameSchema>;
