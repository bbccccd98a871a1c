import type { Readable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { EXEC_STDERR, EXEC_STDOUT, type ExecExit, execClientFrameSchema, execStartSchema } from '../../contract/agent.ts';
import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';
import { parseAs, parseJson } from '../http/read-json.ts';
import { bytesOf, closeWithError, pauseUntilWritable } from '../http/sockets.ts';
import { Command } from './command.ts';

const START_MS = 10_000;
/** Maximum output buffered for a slow client; above it, the agent stops reading the command's output. */
const HIGH_BYTES = 1024 * 1024;
const FRAME_BYTES = 64 * 1024;

/** Runs one command on one websocket. The socket closes when the command ends, and the command is ended when the client disconnects. */
export function serveExec(socket: WebSocket, config: AgentConfig): void {
  const late = setTimeout(() => closeWithError(socket, errors.offSchema('aucune commande reçue')), START_MS);
  let running: Promise<Command> | null = null;
  socket.on('message', (data: RawData, binary: boolean) => {
    const frame = bytesOf(data);
    if (running === null) {
      clearTimeout(late);
      running = run(socket, config, frame, binary);
      running.catch((error: unknown) => closeWithError(socket, error));
    } else running.then((command) => feed(socket, command, frame, binary)).catch((error: unknown) => closeWithError(socket, error));
  });
  socket.on('close', () => {
    clearTimeout(late);
    running?.then(
      (command) => command.end(),
      () => undefined,
    );
  });
}

async function run(socket: WebSocket, config: AgentConfig, frame: Buffer, binary: boolean): Promise<Command> {
  if (binary) throw errors.offSchema('la commande d’abord');
  const start = parseAs(execStartSchema, parseJson(frame.toString('utf8')));
  // Keeps the frames for stdin in the socket until the command has started.
  socket.pause();
  try {
    const command = await Command.start(config, start);
    command.stdin.on('error', () => command.stdin.destroy());
    send(socket, command.stdout, EXEC_STDOUT);
    send(socket, command.stderr, EXEC_STDERR);
    command.exit.then((exit) => finish(socket, exit)).catch((error: unknown) => closeWithError(socket, error));
    return command;
  } finally {
    socket.resume();
  }
}

function finish(socket: WebSocket, { code, timedOut }: { code: number; timedOut: boolean }): void {
  const exit: ExecExit = { type: 'exit', code, timedOut };
  socket.send(JSON.stringify(exit));
  socket.close(1000);
}

function feed(socket: WebSocket, command: Command, bytes: Buffer, binary: boolean): void {
  if (!binary) {
    parseAs(execClientFrameSchema, parseJson(bytes.toString('utf8')));
    command.stdin.end();
  } else if (command.stdin.writable && !command.stdin.write(bytes)) pauseUntilWritable(socket, command.stdin);
}

function send(socket: WebSocket, output: Readable, mark: number): void {
  output.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; at += FRAME_BYTES) {
      const bytes = chunk.subarray(at, at + FRAME_BYTES);
      socket.send(Buffer.concat([Buffer.from([mark]), bytes]), () => {
        if (socket.bufferedAmount <= HIGH_BYTES) output.resume();
      });
    }
    if (socket.bufferedAmount > HIGH_BYTES) output.pause();
  });
}
