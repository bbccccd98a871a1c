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
export function openSocket(address: AgentAddress, path: string, { maxBytes, onFrame, signal }: SocketUse): Promise<WebSocket> {
  const options = { headers: authorization(address), maxPayload: maxBytes, handshakeTimeout: HANDSHAKE_MS, perMessageDeflate: false };
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const socket = new WebSocket(socketUrl(address, path), options);
    socket.on('message', (data, binary) => onFrame(bytesOf(data), binary, socket));
    const abort = (): void => socket.terminate();
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('close', () => signal?.removeEventListener('abort', abort));
    socket.on('error', (error) => reject(agentFailure(error, signal)));
    socket.once('open', () => resolve(socket));
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
