import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../../../../server/checkpoints/lesson-test/side-by-side.ts';

describe('jobs done side by side', () => {
  it('go in runs of neighbours, then from the end to whoever is free, each once; the answers stand in their order', async () => {
    const done: string[] = [];
    const last = Promise.withResolvers<void>();
    const answers = await sideBySide(['a', 'b'], [1, 2, 3, 4, 5, 6], async (worker, job) => {
      if (job === 1) await last.promise;
      done.push(`${worker}${job}`);
      if (done.length === 5) last.resolve();
      return `${worker}${job}`;
    });
    expect(answers).toEqual(['a1', 'b2', 'b3', 'b4', 'b5', 'b6']);
    expect(done).toEqual(['b4', 'b5', 'b6', 'b3', 'b2', 'a1']);
  });

  it('may be fewer than those who work', async () => {
    expect(await sideBySide(['a', 'b', 'c'], [1, 2], async (_worker, job) => job)).toEqual([1, 2]);
    expect(await sideBySide(['a'], [], async () => 1)).toEqual([]);
  });

  it('after a failure let those that are under way end, begin no other, and fail with it', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const failed = Promise.withResolvers<void>();
    const run = sideBySide(['a', 'b'], [0, 1, 2, 3], async (_worker, job) => {
      begun.push(job);
      if (job === 0) {
        // The other job ends once this failure has been handled.
        setImmediate(failed.resolve);
        throw new Error('no lab');
      }
      await failed.promise;
      ended.push(job);
    });
    await expect(run).rejects.toThrow('no lab');
    expect([begun, ended]).toEqual([[0, 2], [2]]);
  });
});
