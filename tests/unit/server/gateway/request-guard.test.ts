import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBodySchema } from '../../../../contract/errors.ts';
import { sessionSchema } from '../../../../contract/workspace.ts';
import { ending, Served } from '../fakes/served.ts';

let served: Served;
beforeAll(async () => {
  served = await Served.open();
});
afterAll(() => served.close());

function code(body: string): string {
  return errorBodySchema.parse(JSON.parse(body)).error.code;
}

/** Origins that must neither read nor change anything, with the headers that a browser sends for them. */
const strangers: [string, () => Record<string, string>, string][] = [
  [
    'a page on another port of localhost',
    () => ({ ...served.ownPage, origin: 'http://localhost:8000', 'sec-fetch-site': 'same-site' }),
    'request.origin',
  ],
  [
    'the same, by a browser that hides the port’s origin',
    () => ({ host: served.ownPage.host ?? '', 'sec-fetch-site': 'same-site' }),
    'request.site',
  ],
  ['a foreign page', () => ({ ...served.ownPage, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }), 'request.origin'],
  ['an opaque origin', () => ({ ...served.ownPage, origin: 'null', 'sec-fetch-site': 'cross-site' }), 'request.origin'],
  ['https instead of http', () => ({ ...served.ownPage, origin: `https://localhost:${served.port}` }), 'request.origin'],
  ['the other name of this machine', () => ({ ...served.ownPage, origin: `http://127.0.0.1:${served.port}` }), 'request.origin'],
  [
    'a name rebound to this machine',
    () => ({ host: `evil.example:${served.port}`, origin: `http://evil.example:${served.port}`, 'sec-fetch-site': 'same-origin' }),
    'request.host',
  ],
  [
    'our name on another port',
    () => ({ host: 'localhost:80', origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' }),
    'request.host',
  ],
];

describe('the session', () => {
  it.each([
    ['localhost', () => served.port],
    ['127.0.0.1', () => served.port],
    ['[::1]', () => served.port],
  ])('is returned to the site’s own page at %s, and must not be cached', async (name, port) => {
    const host = `${name}:${port()}`;
    const answer = await served.ask('POST', '/api/session', {
      headers: { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.status).toBe(200);
    expect(sessionSchema.parse(JSON.parse(answer.body)).token).toBe(served.page.value);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each(strangers)('is refused to %s', async (_who, headers, expected) => {
    const answer = await served.ask('POST', '/api/session', { headers: headers() });
    expect(answer.status).toBe(403);
    expect(code(answer.body)).toBe(expected);
    expect(answer.body).not.toContain(served.page.value);
  });

  it.each([
    ['Origin', 'origin', 'request.origin'],
    ['Sec-Fetch-Site', 'sec-fetch-site', 'request.site'],
  ])('is refused without %s', async (_name, header, expected) => {
    const { [header]: _, ...headers } = served.ownPage;
    const answer = await served.ask('POST', '/api/session', { headers });
    expect([answer.status, code(answer.body)]).toEqual([403, expected]);
  });

  it('is not available by GET', async () => {
    expect((await served.ask('GET', '/api/session', { headers: served.ownPage })).status).toBe(404);
  });

  it('is never returned when Escale is locked', async () => {
    const locked = await Served.open({ locked: true });
    const answer = await locked.ask('POST', '/api/session', { headers: locked.ownPage });
    await locked.close();
    expect([answer.status, code(answer.body)]).toEqual([401, 'session.locked']);
  });
});

const routes: [string, string, string | undefined][] = [
  ['GET', '/api/files/tree', undefined],
  ['GET', '/api/files/content?path=Dockerfile', undefined],
  ['PUT', '/api/files/content', '{"path":"Dockerfile","text":"","version":null}'],
  ['GET', '/api/files/problems?path=Dockerfile', undefined],
  ['POST', '/api/files/folder', '{"path":"src"}'],
  ['POST', '/api/files/move', '{"from":"a","to":"b"}'],
  ['POST', '/api/files/trash', '{"path":"a"}'],
  ['POST', '/api/files/restore', '{"trash":"0mkq1f3x2-0123456789abcdef","path":"a"}'],
  ['POST', '/api/lab', '{"action":"reset"}'],
  ['GET', '/api/map/logs?service=etl', undefined],
  ['GET', '/api/server', undefined],
  ['GET', '/api/labs', undefined],
  ['POST', '/api/labs', '{}'],
  ['POST', '/api/labs/solo/stop', undefined],
  ['POST', '/api/labs/solo/reset', undefined],
  ['DELETE', '/api/labs/solo', undefined],
  ['GET', '/api/labs/solo/endpoint', undefined],
  ['POST', '/api/labs/solo/check', '{"tasks":[],"trials":true,"waitMs":0}'],
];

describe.each(routes)('%s %s', (method, path, body) => {
  it('is refused to strangers, even with the token', async () => {
    for (const [, headers, expected] of strangers) {
      const answer = await served.ask(method, path, {
        headers: { ...headers(), authorization: `Bearer ${served.page.value}` },
        ...(body ? { body } : {}),
      });
      expect([answer.status, code(answer.body)]).toEqual([403, expected]);
    }
    expect(served.workbench.asked).toEqual([]);
  });

  it('is refused without the right token', async () => {
    const wrong = path.startsWith('/api/labs') || path === '/api/server' ? served.page : served.control;
    for (const authorization of [
      '',
      'Bearer ',
      'Bearer nonsense',
      `Basic ${served.page.value}`,
      served.page.value,
      `Bearer ${wrong.value}`,
    ]) {
      const answer = await served.ask(method, path, { headers: { ...served.ownPage, authorization }, ...(body ? { body } : {}) });
      expect([answer.status, code(answer.body)]).toEqual([401, 'session.unauthorized']);
    }
    expect(served.workbench.asked).toEqual([]);
  });
});

describe('a websocket', () => {
  it.each(strangers)('is refused to %s', async (_who, headers) => {
    for (const path of ['/ws/workspace', '/ws/terminals/main']) {
      expect(await ending(served.socket(path, headers()))).toEqual({ refused: 403 });
    }
    expect(served.workbench.asked).toEqual([]);
  });

  it('is refused without Origin', async () => {
    expect(await ending(served.socket('/ws/workspace', { host: `localhost:${served.port}` }))).toEqual({ refused: 403 });
  });

  it('is not found at other paths', async () => {
    expect(await ending(served.socket('/api/setup'))).toMatchObject({});
    expect(await ending(served.socket('/ws/terminals/Not%20An%20Id'))).toEqual({ refused: 400 });
  });
});

describe('what needs no token', () => {
  it('the setup is shown to the site only', async () => {
    expect((await served.ask('GET', '/api/setup', { headers: served.ownPage })).status).toBe(200);
    for (const [, headers] of strangers) expect((await served.ask('GET', '/api/setup', { headers: headers() })).status).toBe(403);
  });

  it('health is answered under our own names only', async () => {
    expect((await served.ask('GET', '/healthz')).body).toBe('{"status":"ok"}');
    expect((await served.ask('GET', '/healthz', { headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await served.ask('GET', '/', { headers: { host: 'evil.example' } })).status).toBe(403);
  });
});
