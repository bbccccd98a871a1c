import { z } from 'zod';

/**
 * The terminal protocol, the same between browser and server and between server and agent.
 *
 * Text frames are JSON (below). Binary frames from the client are the keys typed (UTF-8). Binary frames to the client
 * are output: 8 bytes, big endian, the sequence number of the first byte, then the bytes. Sequence numbers count bytes; a shell's first one is not 0, and greater than any of an earlier
 * shell of that id, so `after` never takes another shell's output for the rest of its own. All are safe integers.
 * The first text frame of a client is `attach` (after `auth`, where the server asks for it).
 */
export const terminalIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/);

const size = { cols: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(1000) };

/** Bytes of output the agent sends ahead of the client's acknowledgement; beyond, it stops reading the shell. */
export const TERMINAL_WINDOW_BYTES = 512 * 1024;
/** Bytes of output kept for a client that comes back. */
export const TERMINAL_REPLAY_BYTES = 4 * 1024 * 1024;
/** The largest frame either side accepts, in bytes. */
export const TERMINAL_FRAME_BYTES = 256 * 1024;
/** Bytes before the output in a binary frame to the client. */
export const TERMINAL_SEQ_BYTES = 8;

export const terminalClientFrameSchema = z.discriminatedUnion('type', [
  /** `after`: the sequence number up to which the client has the output; null: it has none. */
  z.object({ type: z.literal('attach'), after: z.number().int().nonnegative().nullable(), ...size }),
  z.object({ type: z.literal('resize'), ...size }),
  /** The client has drawn the output up to `seq` (exclusive). */
  z.object({ type: z.literal('ack'), seq: z.number().int().nonnegative() }),
  /** Types a command of the lesson and Enter, only at an idle and empty prompt, unless `force` (which first gives up the line begun at the prompt, or types into the running program). Answered by `ran`. Never repeated by a client on reconnection. */
  z.object({ type: z.literal('run'), id: z.string().max(40), command: z.string().min(1).max(4000), force: z.boolean().default(false) }),
]);

export const terminalServerFrameSchema = z.discriminatedUnion('type', [
  /** Output follows from `from`. `gap`: what lay between the client's `after` and `from` is lost: clear the screen first. */
  z.object({ type: z.literal('attached'), terminal: terminalIdSchema, from: z.number().int().nonnegative(), gap: z.boolean() }),
  /** What `run` did: typed it, or not, because a program runs in the foreground or because the prompt holds text. */
  z.object({ type: z.literal('ran'), id: z.string().max(40), outcome: z.enum(['typed', 'busy', 'not-empty']) }),
  /** The name of the foreground program, empty at the prompt. */
  z.object({ type: z.literal('foreground'), name: z.string().max(200) }),
  /** The shell ended; the next `attach` starts a new one. */
  z.object({ type: z.literal('exit'), code: z.number().int() }),
  z.object({ type: z.literal('error'), error: z.object({ code: z.string(), message: z.string(), hint: z.string() }) }),
]);

export type TerminalClientFrame = z.infer<typeof terminalClientFrameSchema>;
export type TerminalServerFrame = z.infer<typeof terminalServerFrameSchema>;
