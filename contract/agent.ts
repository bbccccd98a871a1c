import { z } from 'zod';

/**
 * What the agent of a lab answers, on one port, with `authorization: Bearer <token of the lab>` on every request:
 *
 * | request | answer |
 * |---|---|
 * | `GET /health` | `agentHealthSchema` |
 * | `POST /engine` `engineActionSchema` | `agentHealthSchema` once done |
 * | websocket `/terminals/:id` | `terminal.ts` |
 * | `DELETE /terminals/:id` | 204; the shell and what runs in it end |
 * | `GET /files/tree` | `fileTreeSchema` |
 * | `GET /files/content?path=` | `fileContentSchema` |
 * | `PUT /files/content` `fileWriteSchema` | `fileWrittenSchema`, or 409 |
 * | `POST /files/folder` `filePathSchema` | 204; what is there already: 409 |
 * | `POST /files/move` `fileMoveSchema` | 204, or 409 |
 * | `POST /files/trash` `filePathSchema` | `fileTrashedSchema`; the trash keeps the last of what came to it |
 * | `POST /files/restore` `fileRestoreSchema` | 204, or 409 |
 * | websocket `/files/watch` | frames of `filesChangedSchema` |
 * | `PUT /tree?to=` | body: a tar; the folder (under the home; default the project) becomes equal to it, owner `dataeng`; 204 |
 * | `GET /tree?from=` | a tar of the folder |
 * | websocket `/exec` | first frame `execStartSchema`, then binary frames = stdin and `execClientFrameSchema`; answers binary frames (1 byte: 1 stdout, 2 stderr; then the bytes) and last `execExitSchema` |
 * | websocket `/tunnel/:port` | raw TCP to a port of the lab, binary frames; nobody listens: 502 in place of the upgrade |
 * | `/docker/*` | the lab's Docker Engine API, as it is |
 *
 * Errors are `errorBodySchema`. The server trusts none of it: the learner is root of the lab.
 */
export const AGENT_PORT = 7070;

export const agentHealthSchema = z.object({
  agent: z.string().max(40),
  engine: z.object({ running: z.boolean(), version: z.string().max(60).optional() }),
});

export const engineActionSchema = z.object({ action: z.enum(['start', 'stop', 'restart']) });

export const execStartSchema = z.object({
  argv: z
    .array(z.string().max(128 * 1024))
    .min(1)
    .max(1000),
  user: z.enum(['dataeng', 'root']).default('dataeng'),
  /** Absolute, or relative to the project folder. */
  cwd: z.string().max(1024).default('.'),
  env: z.record(z.string(), z.string()).default({}),
  /** Killed after this long, exit code 124. */
  timeoutMs: z.number().int().positive().max(3_600_000).optional(),
});

/** First byte of a binary frame of `/exec`: which output the rest of the frame is. */
export const EXEC_STDOUT = 1;
export const EXEC_STDERR = 2;
/** The largest frame that `/exec` and `/tunnel` accept, in bytes. */
export const AGENT_FRAME_BYTES = 1024 * 1024;

export const execClientFrameSchema = z.object({ type: z.literal('stdin-end') });

/** `code`: the command's own; 128 + signal when a signal ended it; 127 not found, 126 not executable. */
export const execExitSchema = z.object({ type: z.literal('exit'), code: z.number().int().min(0).max(255), timedOut: z.boolean() });

/** Paths that changed, a folder's standing for all it holds; `.`: anything may have changed. The first frame, without paths, says that the watch is on. */
export const filesChangedSchema = z.object({ type: z.literal('changed'), paths: z.array(z.string().max(1024)).max(1000) });

export type AgentHealth = z.infer<typeof agentHealthSchema>;
export type ExecStart = z.infer<typeof execStartSchema>;
export type ExecExit = z.infer<typeof execExitSchema>;
export type FilesChanged = z.infer<typeof filesChangedSchema>;
