import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DiskGuard } from '../../../server/labs/service/disk-guard.ts';
import { measureLab } from '../../../server/labs/service/measure-lab.ts';
import { createLogger } from '../../../server/logging/logger.ts';
import { sh, startTestLab, type TestLab } from './test-lab.ts';

const MIB = 1024 ** 2;
/** The number of bytes that the lab may write beyond its use at rest. */
const ROOM = 400 * MIB;

let lab: TestLab;
let limit: number;
const guard = new DiskGuard(createLogger('silent', new Writable()));

beforeAll(async () => {
  lab = await startTestLab();
  limit = (await used()) + ROOM;
});
afterAll(() => lab.end());

const measure = () => measureLab(lab.spec.id, lab.driver, lab.agent, limit);

async function used(): Promise<number> {
  return (await lab.driver.usage(lab.spec.id)).diskBytes;
}

/** Writes random bytes, so that they take real disk space. */
const write = (name: string, megabytes: number) => sh(lab, `head -c ${megabytes}M /dev/urandom > ~/${name} && sync ~/${name}`);

test('a lab that fills its disk is warned; then its engine is stopped and its files are kept', async () => {
  expect(await guard.hold(await measure(), lab.agent)).toEqual({ problem: null, obeyed: true });

  // 80 % of the limit, counting what the lab uses at the start.
  await write('premier', Math.max(0, Math.ceil((0.8 * limit - (limit - ROOM)) / MIB)) + 8);
  expect(await guard.hold(await measure(), lab.agent)).toMatchObject({ problem: { code: 'lab.disk-high' }, obeyed: true });
  expect((await lab.agent.health()).engine.state).toBe('running');

  await write('second', Math.ceil((limit - (await used())) / MIB) + 8);
  expect(await guard.hold(await measure(), lab.agent)).toMatchObject({ problem: { code: 'lab.disk-full' }, obeyed: true });
  expect((await lab.agent.health()).engine.state).toBe('stopped');
  expect(await sh(lab, 'ls ~/premier ~/second | wc -l')).toBe('2');
});

test('an engine that the learner restarts gets time to free space', async () => {
  guard.grant();
  await lab.agent.engine('start');
  expect(await guard.hold(await measure(), lab.agent)).toMatchObject({ problem: { code: 'lab.disk-full' }, obeyed: true });
  expect((await lab.agent.health()).engine.state).toBe('running');
  await sh(lab, 'rm ~/premier ~/second');
  expect(await guard.hold(await measure(), lab.agent)).toEqual({ problem: null, obeyed: true });
});

test('a lab that keeps writing after its engine was stopped counts as not obeying', async () => {
  const before = limit;
  limit = Math.floor((await used()) / 1.3);
  expect(await guard.hold(await measure(), lab.agent, Date.now() + 10 * 60_000)).toMatchObject({
    problem: { code: 'lab.disk-full' },
    obeyed: false,
  });
  limit = before;
});
