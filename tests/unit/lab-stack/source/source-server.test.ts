import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSource } from '../../../../lab-stack/source/source-server.ts';

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

test('reads only, in UTF-8', async () => {
  const response = await fetch(users);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(JSON.stringify(await response.json())).toContain('Œuvrard');
  expect((await fetch(users, { method: 'POST', body: '{}' })).status).toBe(405);
});

test.for(['', 'Bearer', 'Bearer wrong', `Basic ${TOKEN}`])('no switch for « %s »', async (authorization) => {
  expect((await fetch(state, { headers: { authorization } })).status).toBe(401);
  expect((await put('{"status":500}', 'wrong')).status).toBe(401);
  expect((await fetch(users)).status).toBe(200);
});

test.for(['{', '[]', '{"delayMs":-1}', '{"status":200}', '{"unknown":1}', `{"users":"${'x'.repeat(300_000)}"}`])(
  'refuses what is off the schema and keeps its state',
  async (body) => {
    expect((await put('{"extraRows":2}')).status).toBe(200);
    const status = await put(body).then(
      (response) => response.status,
      () => 400, // the rest of a body too large is not read
    );
    expect(status).toBe(400);
    expect(await (await fetch(users)).json()).toHaveLength(12);
  },
);
