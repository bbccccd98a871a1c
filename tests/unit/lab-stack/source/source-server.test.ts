import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSource } from '../../../../lab-stack/source/source-server.ts';
import { createSourceControl } from '../../../../server/labs/source/source-control.ts';

const TOKEN = 'a token of the test';
let source: ReturnType<typeof createSource>;
let users: string;
let state: string;

beforeEach(async () => {
  source = createSource(TOKEN);
  [users, state] = await Promise.all([listen(source.data, '/users'), listen(source.control, '/state')]);
});

afterEach(() => {
  source.data.close();
  source.control.close();
});

async function listen(server: typeof source.data, path: string): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: AddressInfo = Object(server.address());
  return `http://127.0.0.1:${port}${path}`;
}

function put(body: string, token = TOKEN) {
  return fetch(state, { method: 'PUT', body, headers: { authorization: `Bearer ${token}` } });
}

test('is read-only, in UTF-8', async () => {
  const response = await fetch(users);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(JSON.stringify(await response.json())).toContain('Œuvrard');
  expect((await fetch(users, { method: 'POST', body: '{}' })).status).toBe(405);
});

test.for(['', 'Bearer', 'Bearer wrong', `Basic ${TOKEN}`])('the control port refuses « %s »', async (authorization) => {
  expect((await fetch(state, { headers: { authorization } })).status).toBe(401);
  expect((await put('{"status":500}', 'wrong')).status).toBe(401);
  expect((await fetch(users)).status).toBe(200);
});

test.for(['{', '[]', '{"delayMs":-1}', '{"status":200}', '{"unknown":1}', `{"users":"${'x'.repeat(300_000)}"}`])(
  'refuses a state that does not match the schema, and keeps the old one',
  async (body) => {
    expect((await put('{"extraRows":2}')).status).toBe(200);
    const status = await put(body).then(
      (response) => response.status,
      () => 400, // the rest of a body that is too large is not read
    );
    expect(status).toBe(400);
    expect(await (await fetch(users)).json()).toHaveLength(12);
  },
);

test('a scenario is served under its own path and counted, and is invisible elsewhere', async () => {
  const control = createSourceControl({ url: new URL(state).origin, token: TOKEN });
  const own = users.replace('/users', '/trial/0123456789-slow/users');
  expect((await fetch(own)).status).toBe(404);
  await control.setScenario('0123456789-slow', { status: 503 });
  expect((await fetch(own)).status).toBe(503);
  expect((await fetch(`${own}/3`)).status).toBe(503);
  expect((await control.scenario('0123456789-slow')).requests).toBe(2);
  expect((await fetch(users)).status).toBe(200);
  expect(await control.users()).toEqual(await (await fetch(users)).json());
  await control.removeScenarios('0123456789');
  expect((await fetch(own)).status).toBe(404);
  await expect(control.scenario('0123456789-slow')).rejects.toMatchObject({ code: 'lab.source' });
});

test.for(['short', 'Trial-Upper-Case', '..%2F..%2Fstate'])('« %s » is not a valid scenario name', async (name) => {
  const url = state.replace('/state', `/trials/${name}`);
  expect((await fetch(url, { method: 'PUT', body: '{}', headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(400);
});
