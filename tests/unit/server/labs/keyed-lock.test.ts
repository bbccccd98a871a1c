import { expect, test } from 'vitest';
import { KeyedLock } from '../../../../server/labs/keyed-lock.ts';

const patience = new AbortController().signal;

test('one at a time for a key, in order, and others beside', async () => {
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

test('work that fails frees the key; work called off while it waits never begins', async () => {
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
