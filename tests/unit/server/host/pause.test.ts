import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pause } from '../../../../server/host/pause.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('ends after its time', async () => {
  const ended = vi.fn();
  void pause(1000, new AbortController().signal).then(ended);
  await vi.advanceTimersByTimeAsync(999);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toHaveBeenCalled();
});

it('ends early and without a failure by its signal, and leaves no timer', async () => {
  const abort = new AbortController();
  const pausing = pause(1000, abort.signal);
  abort.abort(new Error('enough'));
  await pausing;
  await pause(1000, abort.signal);
  expect(vi.getTimerCount()).toBe(0);
});
