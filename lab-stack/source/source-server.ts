import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SOURCE_BODY_BYTES, type SourceState, scenarioNameSchema, sourceStateSchema } from '../../contract/source.ts';
import { answer } from './answer.ts';
import { Scenarios } from './scenarios.ts';

/** The data source of a lab: `data` serves the lab, `control` sets the state and needs the token. Neither listens yet. */
export function createSource(token: string): { data: Server; control: Server } {
  let state: SourceState = sourceStateSchema.parse({});
  const scenarios = new Scenarios();

  const data = serve(async (request, response) => {
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') return reply(response, 405, { error: 'read only: GET' });
    const { path, scenario } = splitPath(pathOf(request));
    const current = scenario === null ? state : scenarios.ask(scenario);
    if (current === null) return reply(response, 404, { error: 'no such trial' });
    await pause(current.delayMs, undefined, { ref: false });
    const { status, body } = answer(path, current);
    send(response, status, body);
  });

  const control = serve(async (request, response) => {
    if (!isBearer(request, token)) return reply(response, 401, { error: 'a token is needed' });
    const path = pathOf(request);
    const name = /^\/trials\/([^/]+)$/.exec(path)?.[1];
    if (name !== undefined) return switchScenario(scenarios, name, request, response);
    if (path === '/users' && request.method === 'GET') return send(response, 200, answer('/users', state).body);
    if (path !== '/state') return reply(response, 404, { error: 'no such resource: /state, /users, /trials/:name' });
    if (request.method === 'GET') return reply(response, 200, state);
    if (request.method !== 'PUT') return reply(response, 405, { error: 'GET or PUT' });
    const next = await readState(request, response);
    if (next === null) return;
    state = next;
    return reply(response, 200, state);
  });

  return { data, control };
}

async function switchScenario(scenarios: Scenarios, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!scenarioNameSchema.safeParse(name).success) return reply(response, 400, { error: 'not a name of a scenario' });
  if (request.method === 'DELETE') {
    scenarios.remove(name);
    response.writeHead(204).end();
    return;
  }
  if (request.method === 'GET') {
    const found = scenarios.find(name);
    return reply(response, found === null ? 404 : 200, found ?? { error: 'no such scenario' });
  }
  if (request.method !== 'PUT') return reply(response, 405, { error: 'GET, PUT or DELETE' });
  const state = await readState(request, response);
  if (state === null) return;
  const made = scenarios.set(name, state);
  return reply(response, made === null ? 429 : 200, made ?? { error: 'too many scenarios' });
}

/** The state in the request's body. If it is invalid, sends an error reply and returns null. */
async function readState(request: IncomingMessage, response: ServerResponse): Promise<SourceState | null> {
  const next = sourceStateSchema.safeParse(await readJson(request));
  if (next.success) return next.data;
  reply(response, 400, { error: next.error.message.slice(0, 2000) });
  return null;
}

/** `/trial/:name/users/3` split into the path within the source and the scenario's name. */
function splitPath(path: string): { path: string; scenario: string | null } {
  const [, scenario = null, rest = ''] = /^\/trial\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  return scenario === null ? { path, scenario } : { path: rest, scenario };
}

/** A server with limits on times and connections. A client that disconnects early ends its own request only. */
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

/** The body as JSON. Undefined, which no schema accepts, if it is too large or not JSON. */
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
