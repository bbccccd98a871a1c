import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBodySchema } from '../../../../../contract/errors.ts';
import { SOLO_LEARNER } from '../../../../../server/learner.ts';
import { Served } from '../../fakes/served.ts';

let served: Served;
beforeAll(async () => {
  served = await Served.open();
});
afterAll(() => served.close());

const authorized = () => ({ ...served.ownPage, authorization: `Bearer ${served.page.value}` });

describe('a request', () => {
  it.each([
    ['off the schema', 'POST', '/api/lab', '{"action":"explode"}', 400, 'request.invalid'],
    ['that is no JSON', 'POST', '/api/lab', '{', 400, 'request.invalid'],
    ['too large', 'POST', '/api/lab', JSON.stringify({ action: 'start', pad: 'x'.repeat(70_000) }), 413, 'request.too-large'],
    ['for a path that leaves the project', 'GET', '/api/files/content?path=../secret', undefined, 400, 'request.invalid'],
    ['for an absolute path', 'GET', '/api/files/content?path=/etc/passwd', undefined, 400, 'request.invalid'],
    ['for a path with a NUL', 'GET', '/api/files/content?path=a%00b', undefined, 400, 'request.invalid'],
    [
      'that saves outside the project',
      'PUT',
      '/api/files/content',
      '{"path":"a/../../b","text":"","version":null}',
      400,
      'request.invalid',
    ],
    ['that moves out of the project', 'POST', '/api/files/move', '{"from":"a","to":"../b"}', 400, 'request.invalid'],
    ['that deletes outside the project', 'POST', '/api/files/trash', '{"path":"/etc"}', 400, 'request.invalid'],
    ['that names no deletion', 'POST', '/api/files/restore', '{"trash":"../b","path":"a"}', 400, 'request.invalid'],
    ['that lints outside the project', 'GET', '/api/files/problems?path=../Dockerfile', undefined, 400, 'request.invalid'],
    ['for a lab that is away', 'GET', '/api/files/tree', undefined, 503, 'lab.away'],
  ])('%s is refused with a code and a hint', async (_what, method, path, body, status, code) => {
    const answer = await served.ask(method, path, { headers: authorized(), ...(body === undefined ? {} : { body }) });
    const { error } = errorBodySchema.parse(JSON.parse(answer.body));
    expect([answer.status, error.code]).toEqual([status, code]);
    expect(error.hint).not.toBe('');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('starts an action of the lab and answers at once', async () => {
    const answer = await served.ask('POST', '/api/lab', { headers: authorized(), body: '{"action":"start"}' });
    expect(answer.status).toBe(202);
    expect(served.workbench.asked).toContain('act start');
  });

  it('gets what was met so far, with the token of the page only', async () => {
    const answer = await served.ask('GET', '/api/progress', { headers: authorized() });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { achievements: [] }]);
    expect(served.learner).toEqual(SOLO_LEARNER);
    served.learner = null;
    expect((await served.ask('GET', '/api/progress', { headers: served.ownPage })).status).toBe(401);
    expect(served.learner).toBeNull();
  });

  it('tells nothing of what went wrong inside, and logs it', async () => {
    served.workbench.agent = () => Promise.reject(new Error('disk of postgres://etl:hunter2@db burnt'));
    const answer = await served.ask('GET', '/api/files/tree', { headers: authorized() });
    expect([answer.status, errorBodySchema.parse(JSON.parse(answer.body)).error.code]).toEqual([500, 'server.fault']);
    expect(answer.body).not.toContain('burnt');
    expect(served.logged).toContain('disk of postgres://***@db burnt');
  });
});
