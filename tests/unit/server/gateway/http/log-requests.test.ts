import { expect, it, onTestFinished } from 'vitest';
import { Served } from '../../fakes/served.ts';

it('the log holds neither token nor query nor password', async () => {
  const served = await Served.open();
  onTestFinished(() => served.close());
  served.workbench.agent = () => Promise.reject(new Error('disk of postgres://etl:hunter2@db burnt'));
  const headers = { ...served.ownPage, authorization: `Bearer ${served.page.value}` };
  expect((await served.ask('GET', '/api/files/content?path=Dockerfile', { headers })).status).toBe(500);
  expect(served.logged).toContain('/api/files/content');
  expect(served.logged).toContain('postgres://***@db');
  expect(served.logged).not.toContain('?path=');
  expect(served.logged).not.toContain(served.page.value);
  expect(served.logged).not.toContain('hunter2');
});
