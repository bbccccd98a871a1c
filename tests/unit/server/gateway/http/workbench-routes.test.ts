import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Served } from '../../fakes/served.ts';

let served: Served;
beforeAll(async () => {
  served = await Served.open();
});
afterAll(() => served.close());

const authorized = () => ({ ...served.ownPage, authorization: `Bearer ${served.page.value}` });

describe('a request of the page', () => {
  it('starts an action of the lab and answers at once', async () => {
    const answer = await served.ask('POST', '/api/lab', { headers: authorized(), body: '{"action":"start"}' });
    expect(answer.status).toBe(202);
    expect(served.workbench.asked).toContain('changeLab start');
  });

  it('gets what was met so far, with the token of the page only', async () => {
    const answer = await served.ask('GET', '/api/progress', { headers: authorized() });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { achievements: [] }]);
    expect((await served.ask('GET', '/api/progress', { headers: served.ownPage })).status).toBe(401);
  });

  it('gets the logs of a service of the map', async () => {
    const answer = await served.ask('GET', '/api/map/logs?service=postgres', { headers: authorized() });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { service: 'postgres', container: 'etl-postgres-1', text: 'prêt' }]);
    expect((await served.ask('GET', '/api/map/logs?service=', { headers: authorized() })).status).toBe(400);
  });
});
