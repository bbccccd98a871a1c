import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KeyedLock } from '../../../../../server/labs/driver/keyed-lock.ts';

const patience = new AbortController().signal;

test('one at a time per key, in order; other keys in parallel', async () => {
  const lock = new KeyedLock();
  const log: string[] = [];
  const work = (name: string, ms: number) => async () => {
    log.push(`${name} begins`);
    await pause(ms);
    log.push(`${name} ends`);
  };
  await Promise.all([
    lock.run('a', patience, work('first', 20)),
    lock.run('a', patience, work('second', 1)),
    lock.run('b', patience, work('other', 1)),
  ]);
  expect(log.indexOf('second begins')).toBeGreaterThan(log.indexOf('first ends'));
  expect(log.indexOf('other begins')).toBeLessThan(log.indexOf('first ends'));
});

test('failed work releases the key; work aborted while waiting never begins', async () => {
  const lock = new KeyedLock();
  const calledOff = new AbortController();
  const first = lock.run('a', patience, async () => {
    await pause(10);
    throw new Error('broken');
  });
  const second = lock.run('a', calledOff.signal, () => Promise.reject(new Error('began')));
  calledOff.abort(new Error('called off'));
  await expect(first).rejects.toThrow('broken');
  await expect(second).rejects.toThrow('called off');
  expect(await lock.run('a', patience, async () => 'free')).toBe('free');
});
