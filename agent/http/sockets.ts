import type { IncomingMessage } from 'node:http';
import type { Duplex, Writable } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { toAgentError } from '../errors.ts';
import { log } from '../log.ts';

export const CLOSE_OFF_SCHEMA = 1008;

/** Upgrades requests to websockets. A frame larger than `maxBytes` closes the socket with 1009. */
export function createUpgrade(
  maxBytes: number,
): (request: IncomingMessage, socket: Duplex, head: Buffer, use: (socket: WebSocket) => void) => void {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxBytes, perMessageDeflate: false, clientTracking: false });
  return (request, socket, head, use) => {
    server.handleUpgrade(request, socket, head, (websocket) => {
      websocket.on('error', (error) => log('websocket', { cause: error.message }));
      use(websocket);
    });
  };
}

export function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** Sends the error in a last frame, then closes. */
export function closeWithError(socket: WebSocket, error: unknown): void {
  const coded = toAgentError(error);
  if (coded.status === 500) log('fault', { cause: String(coded.cause) });
  socket.send(JSON.stringify({ type: 'error', ...coded.toBody() }));
  socket.close(CLOSE_OFF_SCHEMA, coded.code);
}

const PROBE_MS = 1000;

/** Stops reading a client until `whenRoom` calls back. Meanwhile a ping every second detects a client that disconnects. */
export function pauseUntil(socket: WebSocket, whenRoom: (resume: () => void) => void): void {
  if (socket.isPaused) return;
  socket.pause();
  const probe = setInterval(() => socket.ping(), PROBE_MS);
  const stop = (): void => clearInterval(probe);
  socket.once('close', stop);
  whenRoom(() => {
    stop();
    socket.off('close', stop);
    socket.resume();
  });
}

/** The same, until the stream has drained or closed. */
export function pauseUntilWritable(socket: WebSocket, stream: Writable): void {
  pauseUntil(socket, (resume) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resume();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}
