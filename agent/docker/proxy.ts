import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';
import { refuseUpgrade, replyJson } from '../http/reply.ts';

const PREFIX = '/docker';
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Forwards a request to the lab's engine and its reply back, both unchanged. The request asks the engine to keep the connection open: if
 * the engine closes it while replying, writing the rest of the request may fail (EPIPE) and the reply is lost.
 */
export function proxyDocker(config: AgentConfig, request: IncomingMessage, response: ServerResponse): void {
  const upstream = passOn(config, request, { ...endToEnd(request.headers), connection: 'keep-alive' });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    response.flushHeaders();
    answer.pipe(response);
    answer.on('error', () => response.destroy());
    answer.on('close', () => {
      if (!answer.complete) response.destroy();
    });
  });
  upstream.on('error', (cause) => {
    const down = errors.engineDown(cause);
    if (response.headersSent) response.destroy();
    // The additional `message` is what Docker clients read.
    else replyJson(response, { ...down.toBody(), message: down.message }, down.status);
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** The same for requests that take over the connection (attach, exec, BuildKit's session). */
export function proxyDockerUpgrade(config: AgentConfig, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const headers = { ...endToEnd(request.headers), connection: 'Upgrade', upgrade: request.headers.upgrade ?? 'tcp' };
  const upstream = passOn(config, request, headers);
  upstream.on('upgrade', (answer, engine, engineHead) => {
    socket.write(`${statusLine(answer)}\r\n`);
    socket.write(engineHead);
    engine.write(head);
    join(socket, engine);
  });
  upstream.on('response', (answer) => {
    socket.write(statusLine(answer, 'connection: close\r\n'));
    socket.write('\r\n');
    answer.pipe(socket);
  });
  upstream.on('error', (cause) => refuseUpgrade(socket, errors.engineDown(cause)));
  socket.on('error', () => upstream.destroy());
  upstream.end();
}

function passOn(config: AgentConfig, request: IncomingMessage, headers: IncomingHttpHeaders): ClientRequest {
  const path = (request.url ?? PREFIX).slice(PREFIX.length) || '/';
  return httpRequest({
    socketPath: config.dockerSocket,
    path,
    method: request.method,
    agent: false,
    headers: { ...headers, host: 'docker' },
  });
}

/** Removes the headers that concern one connection only, and the lab's token. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && name !== 'authorization'));
}

function statusLine(answer: IncomingMessage, more = ''): string {
  const kept = answer.statusCode === 101 ? answer.headers : endToEnd(answer.headers);
  const lines = Object.entries(kept).map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : value}\r\n`);
  return `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${lines.join('')}${more}`;
}

function join(one: Duplex, other: Duplex): void {
  one.pipe(other).pipe(one);
  one.on('error', () => other.destroy());
  other.on('error', () => one.destroy());
  one.on('close', () => one.readableEnded || other.destroy());
  other.on('close', () => other.readableEnded || one.destroy());
}
