import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { within } from '../../../../server/host/within.ts';

const patience = new AbortController().signal;

test('returns the work’s result, or its own error', async () => {
  expect(await within(1000, 'essai', patience, Promise.resolve(3))).toBe(3);
  await expect(within(1000, 'essai', patience, Promise.reject(new Error('mine')))).rejects.toThrow('mine');
});

test('names the work that timed out', async () => {
  await expect(within(20, 'la création du réseau', patience, pause(5000, undefined, { ref: false }))).rejects.toMatchObject({
    code: 'engine.slow',
    message: expect.stringContaining('la création du réseau'),
  });
});

test('throws the signal’s reason, before and during the work', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(within(1000, 'essai', signal, pause(5000, undefined, { ref: false }))).rejects.toThrow('enough');
  const later = new AbortController();
  const waiting = within(1000, 'essai', later.signal, pause(5000, undefined, { ref: false }));
  later.abort(new Error('enough now'));
  await expect(waiting).rejects.toThrow('enough now');
});
