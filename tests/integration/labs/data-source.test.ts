import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { sourceUserSchema } from '../../../contract/source.ts';
import { createSourceControl, type SourceControl } from '../../../server/labs/source/source-control.ts';
import { docker, MAKE_MINI, sh, startTestLab, type TestLab } from './test-lab.ts';

const URL_IN_LAB = 'http://source.datastream.test/users';
let lab: TestLab;
let control: SourceControl;

beforeAll(async () => {
  lab = await startTestLab();
  control = createSourceControl({ url: lab.endpoint.sourceControlUrl, token: lab.spec.sourceToken });
});

afterAll(async () => {
  await lab?.end();
});

test('returns ten users, to the lab and to its containers', async () => {
  const users = z.array(sourceUserSchema).parse(JSON.parse(await sh(lab, `curl -sf ${URL_IN_LAB}`)));
  expect(users.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(users.filter(({ address }) => address.zipcode.startsWith('0'))).not.toEqual([]);
  await sh(lab, MAKE_MINI);
  expect(JSON.parse(await sh(lab, `docker run --rm mini curl -sf ${URL_IN_LAB}/7`))).toEqual(users[6]);
});

test('each setting works alone, and can be reset', async () => {
  await control.set({ status: 503 });
  expect(await sh(lab, `curl -s -o /dev/null -w '%{http_code}' ${URL_IN_LAB}`)).toBe('503');
  await control.set({ malformed: true });
  await expect(sh(lab, `curl -sf ${URL_IN_LAB} | jq .`)).rejects.toThrow(/parse error|exit/);
  await control.set({ extraRows: 3 });
  expect(await sh(lab, `curl -sf ${URL_IN_LAB} | jq length`)).toBe('13');
  await control.set({ delayMs: 1500 });
  await expect(sh(lab, `curl -sf -m 1 ${URL_IN_LAB}`)).rejects.toThrow(/exit 28/);
  const normal = await control.set({});
  expect(normal).toEqual(await control.state());
  expect(await sh(lab, `curl -sf ${URL_IN_LAB} | jq length`)).toBe('10');
});

test('the control port needs its token, and is not reachable from the lab', async () => {
  const stranger = createSourceControl({ url: lab.endpoint.sourceControlUrl, token: lab.spec.agentToken });
  await expect(stranger.state()).rejects.toMatchObject({ code: 'lab.source' });
  await expect(sh(lab, 'curl -s -m 3 http://10.213.0.1:7071/state')).rejects.toThrow(/exit 7/);
});

test('a body that is too large is refused and changes nothing', async () => {
  const before = await control.set({ extraRows: 1 });
  expect(before.extraRows).toBe(1);
  const huge = await fetch(`${lab.endpoint.sourceControlUrl}/state`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${lab.spec.sourceToken}` },
    body: 'x'.repeat(300 * 1024),
  }).then(
    ({ status }) => status,
    () => 400,
  );
  expect(huge).toBe(400);
  expect((await control.state()).extraRows).toBe(1);
});

test('the source and the resolver run without privileges', async () => {
  const { Processes }: { Processes: string[][] } = await docker.getContainer(lab.endpoint.container).top({ ps_args: '-eo pid,uid,args' });
  const ours = Processes.filter(([, , args = '']) => /source\.js|^dnsmasq/.test(args));
  expect(ours.map(([, uid]) => uid)).toEqual(['65534', '65534']);
});
