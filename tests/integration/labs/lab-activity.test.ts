import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';
import { MAKE_MINI, minutes, sh, startTestLab, type TestLab } from './test-lab.ts';

let lab: TestLab;

beforeAll(async () => {
  lab = await startTestLab();
  await lab.agent.engine('start');
}, 300_000);
afterAll(() => lab.end());

const runs = (...programs: string[]) =>
  expect.poll(async () => (await lab.agent.activity()).running, { timeout: 10_000 }).toEqual(programs);

test('nothing runs in a lab with an engine and no command', async () => {
  await runs();
});

test('a program left behind runs, and a command of somebody', { timeout: 60_000 }, async () => {
  await sh(lab, 'setsid sleep 300 >/dev/null 2>&1 &');
  await runs('sleep');
  await sh(lab, 'pkill -f "sleep 300"');
  await runs();
  const command = new AbortController();
  const ended = lab.agent.exec({ argv: ['tail', '-f', '/dev/null'], user: 'dataeng', cwd: '.', env: {} }, { signal: command.signal });
  await runs('tail');
  command.abort();
  await ended.catch(() => undefined);
  await runs();
});

test('a container runs; a stopped one does not', { timeout: 120_000 }, async () => {
  await sh(lab, `${MAKE_MINI}\ndocker run -d --name one mini sleep 300`);
  await expect.poll(async () => (await lab.agent.activity()).running).toContain('sleep');
  await sh(lab, 'docker rm -f one');
  await runs();
});

test('the engine’s start does not count for long', { timeout: 120_000 }, async () => {
  await lab.driver.stop(lab.spec.id, minutes(1));
  const { agentUrl } = await lab.driver.start(lab.spec, () => undefined, minutes(2));
  lab = { ...lab, agent: createLabAgent({ url: agentUrl, token: lab.spec.agentToken }) };
  await runs();
});
