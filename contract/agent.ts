import { z } from 'zod';
import { engineStateSchema } from './lab.ts';

/**
 * The agent's API. It listens on one port; every request carries `authorization: Bearer <token of the lab>`.
 *
 * | request | reply |
 * |---|---|
 * | `GET /health` | `agentHealthSchema` |
 * | `GET /activity` | `labActivitySchema` |
 * | `POST /engine` `engineActionSchema` | `agentHealthSchema` , sent once the action is done |
 * | websocket `/terminals/:id` | `terminal.ts` |
 * | `DELETE /terminals/:id` | 204; ends the shell and the programs in it |
 * | `GET /files/tree` | `fileTreeSchema` |
 * | `GET /files/content?path=` | `fileContentSchema` |
 * | `PUT /files/content` `fileWriteSchema` | `fileWrittenSchema`, or 409 |
 * | `POST /files/folder` `filePathSchema` | 204, or 409 where the path exists |
 * | `POST /files/move` `fileMoveSchema` | 204, or 409 |
 * | `POST /files/trash` `filePathSchema` | `fileTrashedSchema`; the trash keeps the latest deletions only |
 * | `POST /files/restore` `fileRestoreSchema` | 204, or 409 |
 * | websocket `/files/watch` | frames of `filesChangedSchema` |
 * | `PUT /tree?to=` | body: a tar; 204. Makes the folder equal to the tar, owner `dataeng`. `to` lies under the home; default: the project |
 * | `GET /tree?from=` | a tar of the folder |
 * | websocket `/exec` | first frame `execStartSchema`, then binary frames = stdin and `execClientFrameSchema`; replies with binary frames (first byte: 1 stdout, 2 stderr; then the output), and `execExitSchema` last |
 * | websocket `/tunnel/:port` | raw TCP to a port of the lab, binary frames; 502 instead of the upgrade where nothing listens |
 * | websocket `/tunnel/:port/:host` | the same to an address (`tunnelHostSchema`) in one of the lab's own networks; 502 for any other address |
 * | `/docker/*` | the lab's Docker Engine API, passed through unchanged |
 *
 * Errors are `errorBodySchema`. The server validates every reply, since the learner is root in the lab and can forge any of them.
 */
export const AGENT_PORT = 7070;

export const agentHealthSchema = z.object({
  agent: z.string().max(40),
  engine: z.object({ state: engineStateSchema, version: z.string().max(60).optional() }),
});

/**
 * The names of the programs that run in the lab, each once: containers, commands, programs left behind. Neither the engine and the agent
 * themselves nor shells at their prompt.
 */
export const labActivitySchema = z.object({ running: z.array(z.string().max(40)).max(20) });

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
  /** The command is killed after this time; its exit code is then 124. */
  timeoutMs: z.number().int().positive().max(3_600_000).optional(),
});

/** First byte of a binary frame of `/exec`: says which output the rest of the frame belongs to. */
export const EXEC_STDOUT = 1;
export const EXEC_STDERR = 2;
/** The largest frame that `/exec` and `/tunnel` accept, in bytes. */
export const AGENT_FRAME_BYTES = 1024 * 1024;

/** An address as it is: names are not looked up. */
export const tunnelHostSchema = z.union([z.ipv4(), z.ipv6()]);

export const execClientFrameSchema = z.object({ type: z.literal('stdin-end') });

/** `code`: the command's exit code; 128 + signal number when a signal ended it; 127 not found, 126 not executable. */
export const execExitSchema = z.object({ type: z.literal('exit'), code: z.number().int().min(0).max(255), timedOut: z.boolean() });

/**
 * `paths`: the paths that changed. A folder's path stands for everything in it; `.` means that anything may have changed. The first frame
 * has no paths and says that the watch has started.
 */
export const filesChangedSchema = z.object({ type: z.literal('changed'), paths: z.array(z.string().max(1024)).max(1000) });

export type LabActivity = z.infer<typeof labActivitySchema>;
export type AgentHealth = z.infer<typeof agentHealthSchema>;
export type ExecStart = z.infer<typeof execStartSchema>;
export type ExecExit = z.infer<typeof execExitSchema>;
export type FilesChanged = z.infer<typeof filesChangedSchema>;
