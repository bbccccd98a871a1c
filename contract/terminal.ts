import { z } from 'zod';

/**
 * The terminal protocol, the same between browser and server and between server and agent.
 *
 * Text frames are JSON (schemas below). Binary frames from the client are the keys typed (UTF-8). Binary frames to the client are output: 8
 * bytes, big endian, with the sequence number of the first byte of output, then the output. Sequence numbers count bytes and are safe
 * integers. The first one of a shell is not 0, and is greater than any of an earlier shell with that id, so that `after` never refers to a
 * position in another shell's output. The first text frame of a client is `attach`, after `auth` where authentication is required.
 */
export const terminalIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/);

const size = { cols: z.number().int().min(2).max(1000), rows: z.number().int().min(1).max(1000) };

/** Bytes of output the agent may send ahead of the client's acknowledgement; when the limit is reached, it stops reading the shell. */
export const TERMINAL_WINDOW_BYTES = 512 * 1024;
/** Bytes of output kept for clients that reconnect. */
export const TERMINAL_REPLAY_BYTES = 4 * 1024 * 1024;
/** The largest frame either side accepts, in bytes. */
export const TERMINAL_FRAME_BYTES = 256 * 1024;
/** Bytes before the output in a binary frame to the client. */
export const TERMINAL_SEQ_BYTES = 8;

export const terminalClientFrameSchema = z.discriminatedUnion('type', [
  /** `after`: the sequence number up to which the client has the output; null if it has none. */
  z.object({ type: z.literal('attach'), after: z.number().int().nonnegative().nullable(), ...size }),
  z.object({ type: z.literal('resize'), ...size }),
  /** The client has drawn the output up to `seq` (exclusive). */
  z.object({ type: z.literal('ack'), seq: z.number().int().nonnegative() }),
  /**
   * Types a command of the lesson and Enter. Only done at an idle and empty prompt, unless `force` is set: then the line begun at the
   * prompt is dropped first, or the command is typed into the running program. Answered by `ran`. Clients never repeat it after a
   * reconnection.
   */
  z.object({ type: z.literal('run'), id: z.string().max(40), command: z.string().min(1).max(4000), force: z.boolean().default(false) }),
]);

export const terminalServerFrameSchema = z.discriminatedUnion('type', [
  /**
   * Output follows, from `from` on. `gap`: the output between the client's `after` and `from` is lost, so the client must clear the screen
   * first.
   */
  z.object({ type: z.literal('attached'), terminal: terminalIdSchema, from: z.number().int().nonnegative(), gap: z.boolean() }),
  /** The result of `run`: typed, or not typed because a program runs in the foreground (`busy`) or the prompt holds text (`not-empty`). */
  z.object({ type: z.literal('ran'), id: z.string().max(40), outcome: z.enum(['typed', 'busy', 'not-empty']) }),
  /** The name of the foreground program, empty at the prompt. */
  z.object({ type: z.literal('foreground'), name: z.string().max(200) }),
  /** The shell ended; the next `attach` starts a new one. */
  z.object({ type: z.literal('exit'), code: z.number().int() }),
  z.object({ type: z.literal('error'), error: z.object({ code: z.string(), message: z.string(), hint: z.string() }) }),
]);

export type TerminalClientFrame = z.infer<typeof terminalClientFrameSchema>;
export type TerminalServerFrame = z.infer<typeof terminalServerFrameSchema>;
