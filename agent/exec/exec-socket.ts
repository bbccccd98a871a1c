import type { Readable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { EXEC_STDERR, EXEC_STDOUT, type ExecExit, execClientFrameSchema, execStartSchema } from '../../contract/agent.ts';
import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';
import { parseAs, parseJson } from '../http/read-json.ts';
import { bytesOf, closeWithError, pauseUntilWritable } from '../http/sockets.ts';
import { type Child, endCommand, exitOf, startCommand } from './command.ts';

const START_MS = 10_000;
/** Output on its way to a client that reads slowly; beyond, the command waits. */
const HIGH_BYTES = 1024 * 1024;
const FRAME_BYTES = 64 * 1024;

/** Runs one command on one websocket, which ends with it; a client that leaves ends the command. */
export function serveExec(socket: WebSocket, config: AgentConfig): void {
  const late = setTimeout(() => closeWithError(socket, errors.offSchema('aucune commande reçue')), START_MS);
  let child: Child | null = null;
  socket.on('message', (data: RawData, binary: boolean) => {
    try {
      if (child !== null) return feed(socket, child, bytesOf(data), binary);
      clearTimeout(late);
      if (binary) throw errors.offSchema('la commande d’abord');
      child = run(socket, config, parseJson(bytesOf(data).toString('utf8')));
    } catch (error) {
      closeWithError(socket, error);
    }
  });
  socket.on('close', () => {
    clearTimeout(late);
    if (child !== null) endCommand(child);
  });
}

function run(socket: WebSocket, config: AgentConfig, frame: unknown): Child {
  const start = parseAs(execStartSchema, frame);
  const child = startCommand(config, start);
  child.stdin.on('error', () => child.stdin.destroy());
  send(socket, child.stdout, EXEC_STDOUT);
  send(socket, child.stderr, EXEC_STDERR);
  exitOf(child, start.timeoutMs)
    .then(({ code, timedOut }) => {
      const exit: ExecExit = { type: 'exit', code, timedOut };
      socket.send(JSON.stringify(exit));
      socket.close(1000);
    })
    .catch((error: unknown) => closeWithError(socket, error));
  return child;
}

function feed(socket: WebSocket, child: Child, bytes: Buffer, binary: boolean): void {
  if (!binary) {
    parseAs(execClientFrameSchema, parseJson(bytes.toString('utf8')));
    child.stdin.end();
  } else if (child.stdin.writable && !child.stdin.write(bytes)) {
    pauseUntilWritable(socket, child.stdin);
  }
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
