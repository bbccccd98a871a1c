import { type RawData, WebSocket } from 'ws';
import { errorFromAgent, labUnavailable } from './agent-errors.ts';
import { type AgentAddress, agentFailure, authorization } from './agent-request.ts';

const HANDSHAKE_MS = 10_000;
const ERROR_BYTES = 16 * 1024;

export interface SocketUse {
  /** A larger frame breaks the connection. */
  readonly maxBytes: number;
  /** Hears the frames from the first one on, which may come together with the answer to the upgrade. */
  readonly onFrame: (bytes: Buffer, binary: boolean, socket: WebSocket) => void;
  /** Terminates it. */
  readonly signal?: AbortSignal | undefined;
}

/** An open websocket to the agent. */
export async function openSocket(address: AgentAddress, path: string, { maxBytes, onFrame, signal }: SocketUse): Promise<WebSocket> {
  signal?.throwIfAborted();
  const socket = connect(address, path, { maxBytes, signal });
  socket.on('message', (data, binary) => onFrame(bytesOf(data), binary, socket));
  await opened(socket, signal);
  return socket;
}

/** A websocket to the agent that is about to open: `opened` tells when. What listens to it is attached before. */
export function connect(address: AgentAddress, path: string, { maxBytes, signal }: Omit<SocketUse, 'onFrame'>): WebSocket {
  const options = { headers: authorization(address), maxPayload: maxBytes, handshakeTimeout: HANDSHAKE_MS, perMessageDeflate: false };
  const socket = new WebSocket(socketUrl(address, path), options);
  const abort = (): void => socket.terminate();
  signal?.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal?.removeEventListener('abort', abort));
  return socket;
}

/** Rejects with what the agent answered in place of the upgrade. */
export function opened(socket: WebSocket, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.on('error', (error) => reject(agentFailure(error, signal)));
    socket.once('open', () => resolve());
    socket.once('unexpected-response', (_request, response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > ERROR_BYTES) response.destroy();
      });
      response.once('close', () => reject(errorFromAgent(parseOrNull(text))));
      setTimeout(() => response.destroy(), HANDSHAKE_MS).unref();
    });
  });
}

export function socketUrl(address: AgentAddress, path: string): string {
  const url = new URL(path, address.url);
  url.protocol = 'ws:';
  return url.href;
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** A text frame's JSON, null where it is none. */
export function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Rejects when the socket closes. */
export function closed(socket: WebSocket, signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    socket.once('close', (code) => reject(agentFailure(labUnavailable(new Error(`closed with ${code}`)), signal)));
  });
}
