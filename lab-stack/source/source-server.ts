import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SOURCE_BODY_BYTES, type SourceState, sourceStateSchema } from '../../contract/source.ts';
import { answer } from './answer.ts';

/** The data source of a lab: `data` is what the lab sees, `control` has the switches behind the token. Neither listens yet. */
export function createSource(token: string): { data: Server; control: Server } {
  let state: SourceState = sourceStateSchema.parse({});

  const data = serve(async (request, response) => {
    request.resume();
    const path = pathOf(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return reply(response, 405, { error: 'read only: GET' });
    await pause(state.delayMs, undefined, { ref: false });
    const { status, body } = answer(path, state);
    send(response, status, body);
  });

  const control = serve(async (request, response) => {
    if (!isBearer(request, token)) return reply(response, 401, { error: 'a token is needed' });
    if (pathOf(request) !== '/state') return reply(response, 404, { error: 'no such resource: /state' });
    if (request.method === 'GET') return reply(response, 200, state);
    if (request.method !== 'PUT') return reply(response, 405, { error: 'GET or PUT' });
    const next = sourceStateSchema.safeParse(await readJson(request));
    if (!next.success) return reply(response, 400, { error: next.error.message.slice(0, 2000) });
    state = next.data;
    return reply(response, 200, state);
  });

  return { data, control };
}

/** A server whose times and connections are bounded; a client that goes away in the middle ends its own request only. */
function serve(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Server {
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.maxConnections = 500;
  return server;
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function isBearer(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The body as JSON; undefined, which no schema accepts, where it is too large or is none. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > SOURCE_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, JSON.stringify(body));
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
