import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../../../../server/checkpoints/lesson-test/side-by-side.ts';

describe('jobs done side by side', () => {
  it('go in runs of neighbours, then from the end to whoever is free, each once; the answers stand in their order', async () => {
    const done: string[] = [];
    const answers = await sideBySide(['a', 'b'], [1, 2, 3, 4, 5, 6], async (worker, job) => {
      await sleep(job === 1 ? 80 : 5);
      done.push(`${worker}${job}`);
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
    const run = sideBySide(['a', 'b'], [0, 1, 2, 3], async (_worker, job) => {
      begun.push(job);
      await sleep(job === 0 ? 5 : 30);
      if (job === 0) throw new Error('no lab');
      ended.push(job);
    });
    await expect(run).rejects.toThrow('no lab');
    expect([begun, ended]).toEqual([[0, 2], [2]]);
  });
});
