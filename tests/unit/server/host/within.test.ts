import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { within } from '../../../../server/host/within.ts';

const patience = new AbortController().signal;
const endless = new Promise<never>(() => undefined);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('returns the work’s result, or its own error', async () => {
  expect(await within(1000, 'essai', patience, Promise.resolve(3))).toBe(3);
  await expect(within(1000, 'essai', patience, Promise.reject(new Error('mine')))).rejects.toThrow('mine');
});

test('names the work that timed out', async () => {
  const late = expect(within(20, 'la création du réseau', patience, endless)).rejects.toMatchObject({
    code: 'engine.slow',
    message: expect.stringContaining('la création du réseau'),
  });
  await vi.advanceTimersByTimeAsync(20);
  await late;
});

test('throws the signal’s reason, before and during the work', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(within(1000, 'essai', signal, endless)).rejects.toThrow('enough');
  const later = new AbortController();
  const waiting = within(1000, 'essai', later.signal, endless);
  later.abort(new Error('enough now'));
  await expect(waiting).rejects.toThrow('enough now');
});
