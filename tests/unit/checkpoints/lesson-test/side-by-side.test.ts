import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../../../server/checkpoints/lesson-test/side-by-side.ts';

describe('jobs done side by side', () => {
  it('go to whoever is free, each once, and are answered in their order', async () => {
    const done: string[] = [];
    const answers = await sideBySide(['a', 'b'], [60, 5, 5, 5], async (worker, ms) => {
      await sleep(ms);
      done.push(`${worker}${ms}`);
      return `${worker}${ms}`;
    });
    expect(answers).toEqual(['a60', 'b5', 'b5', 'b5']);
    expect(done).toEqual(['b5', 'b5', 'b5', 'a60']);
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
    expect([begun, ended]).toEqual([[0, 1], [1]]);
  });
});
