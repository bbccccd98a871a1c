import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type AgentError, toAgentError } from '../errors.ts';
import { log } from '../log.ts';

export function replyJson(response: ServerResponse, body: unknown, status = 200): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

export function replyEmpty(response: ServerResponse): void {
  response.writeHead(204);
  response.end();
}

/** Sends a coded error. If the reply has already begun, cuts the connection instead, so that the client cannot take it for complete. */
export function replyError(response: ServerResponse, error: unknown): void {
  const coded = known(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.setHeader('connection', 'close');
  replyJson(response, coded.toBody(), coded.status);
}

/** The same for an upgrade request. */
export function refuseUpgrade(socket: Duplex, error: unknown): void {
  const coded = known(error);
  const text = JSON.stringify(coded.toBody());
  socket.end(
    `HTTP/1.1 ${coded.status} ${STATUS_CODES[coded.status] ?? 'Error'}\r\nconnection: close\r\n` +
      `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

function known(error: unknown): AgentError {
  const coded = toAgentError(error);
  if (coded.status === 500)
    log('fault', { cause: String(coded.cause instanceof Error ? (coded.cause.stack ?? coded.cause) : coded.cause) });
  return coded;
}
