import { expect, test } from 'vitest';
import { KeyedLock } from '../../../../../server/labs/driver/keyed-lock.ts';

const patience = new AbortController().signal;

test('one at a time per key, in order; other keys in parallel', async () => {
  const lock = new KeyedLock();
  const log: string[] = [];
  const mayEnd = Promise.withResolvers<void>();
  const work = (name: string, until?: Promise<void>) => async () => {
    log.push(`${name} begins`);
    await until;
    log.push(`${name} ends`);
  };
  const first = lock.run('a', patience, work('first', mayEnd.promise));
  const second = lock.run('a', patience, work('second'));
  await lock.run('b', patience, work('other'));
  mayEnd.resolve();
  await Promise.all([first, second]);
  expect(log).toEqual(['first begins', 'other begins', 'other ends', 'first ends', 'second begins', 'second ends']);
});

test('failed work releases the key; work aborted while waiting never begins', async () => {
  const lock = new KeyedLock();
  const calledOff = new AbortController();
  const work = Promise.withResolvers<void>();
  const first = lock.run('a', patience, () => work.promise);
  const second = lock.run('a', calledOff.signal, () => Promise.reject(new Error('began')));
  calledOff.abort(new Error('called off'));
  work.reject(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await expect(second).rejects.toThrow('called off');
  expect(await lock.run('a', patience, async () => 'free')).toBe('free');
});
