import type { Readable, Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { AGENT_FRAME_BYTES, EXEC_STDERR, EXEC_STDOUT, type ExecStart, execExitSchema, execStartSchema } from '../../../contract/agent.ts';
import { errorBodySchema } from '../../../contract/errors.ts';
import { commandTooLarge, errorFromAgent, labAnswersOddly, labUnavailable } from './agent-errors.ts';
import { type AgentAddress, agentFailure } from './agent-request.ts';
import { closed, openSocket, parseOrNull } from './agent-socket.ts';
import type { ExecStreams } from './definitions.ts';

const FRAME_BYTES = 64 * 1024;
const HIGH_BYTES = 1024 * 1024;
/** Beyond the command's own time: to be ended, and for its exit to arrive. */
const GRACE_MS = 15_000;

const frameSchema = z.union([execExitSchema, errorBodySchema]);

/** Runs a command in the lab with live streams. A `timeoutMs` in `start` bounds it on this side too. */
export async function execInLab(
  address: AgentAddress,
  start: ExecStart,
  streams: ExecStreams,
  signal?: AbortSignal,
): Promise<{ code: number; timedOut: boolean }> {
  const first = JSON.stringify(execStartSchema.parse(start));
  if (Buffer.byteLength(first) > AGENT_FRAME_BYTES) throw commandTooLarge(AGENT_FRAME_BYTES);
  const exit = Promise.withResolvers<{ code: number; timedOut: boolean }>();
  const onFrame = (bytes: Buffer, binary: boolean, socket: WebSocket): void => {
    if (binary) {
      output(socket, streams, bytes, exit.reject);
      return;
    }
    const frame = frameSchema.safeParse(parseOrNull(bytes.toString('utf8')));
    if (!frame.success) exit.reject(labAnswersOddly(frame.error));
    else if ('error' in frame.data) exit.reject(errorFromAgent(frame.data));
    else exit.resolve({ code: frame.data.code, timedOut: frame.data.timedOut });
  };
  const socket = await openSocket(address, '/exec', { maxBytes: AGENT_FRAME_BYTES, onFrame, signal });
  const deadline = start.timeoutMs === undefined ? null : setTimeout(() => socket.terminate(), start.timeoutMs + GRACE_MS);
  const unplug = plugStdin(socket, streams.stdin, first);
  const forget = onLostReader(streams, exit.reject);
  try {
    return await Promise.race([closed(socket, signal), exit.promise]);
  } catch (error) {
    throw agentFailure(error, signal);
  } finally {
    forget();
    unplug();
    if (deadline !== null) clearTimeout(deadline);
    socket.terminate();
  }
}

/** An output that nobody takes any more ends the command. Returns what stops it. */
function onLostReader(streams: ExecStreams, reject: (error: unknown) => void): () => void {
  const lost = (): void => reject(labUnavailable(new Error('the output has no reader any more')));
  const outputs = [streams.stdout, streams.stderr];
  for (const output of outputs) output.once('close', lost).once('error', reject);
  return () => {
    for (const output of outputs) output.off('close', lost).off('error', reject);
  };
}

function output(socket: WebSocket, streams: ExecStreams, frame: Buffer, reject: (error: unknown) => void): void {
  const target: Writable | null = frame[0] === EXEC_STDOUT ? streams.stdout : frame[0] === EXEC_STDERR ? streams.stderr : null;
  if (target === null) {
    reject(labAnswersOddly(new Error('a frame of no output')));
    return;
  }
  if (target.writableEnded || target.destroyed || target.write(frame.subarray(1)) || socket.isPaused) return;
  socket.pause();
  target.once('drain', () => socket.resume());
}

/** Sends the first frame, then what is read, waiting for a slow lab. Returns what stops it. */
function plugStdin(socket: WebSocket, stdin: Readable | null, first: string): () => void {
  const end = (): void => socket.send(JSON.stringify({ type: 'stdin-end' }));
  socket.send(first);
  if (stdin === null) {
    end();
    return () => undefined;
  }
  const data = (chunk: Buffer | string): void => {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    for (let at = 0; at < bytes.length; at += FRAME_BYTES) {
      socket.send(bytes.subarray(at, at + FRAME_BYTES), { binary: true }, () => {
        if (socket.bufferedAmount <= HIGH_BYTES) stdin.resume();
      });
    }
    if (socket.bufferedAmount > HIGH_BYTES) stdin.pause();
  };
  stdin.on('data', data).once('end', end).once('error', end);
  return () => {
    stdin.off('data', data).off('end', end).off('error', end);
    stdin.pause();
  };
}
