import { describe, expect, it } from 'vitest';
import type { WorkspaceServerFrame } from '../../../../contract/workspace.ts';
import { TrialBoard } from '../../../../server/workbench/trial-board.ts';

const progress = (step: string) => ({ act: 'stack', criteria: ['1.4/rows'], step, usualMs: 90_000 });

/** A board, its clock, and what a page heard: `step elapsed/usual`, or `none`. */
function board() {
  const clock = { now: 0 };
  const trials = new TrialBoard(() => clock.now);
  const heard: string[] = [];
  const page = (frame: WorkspaceServerFrame): void => {
    if (frame.type !== 'trial') throw new Error(frame.type);
    heard.push(frame.trial === null ? 'none' : `${frame.trial.step} ${frame.trial.elapsedMs}/${frame.trial.usualMs}`);
  };
  return { clock, trials, heard, page };
}

describe('the trial of a lab', () => {
  it('is told at each step with its time, then its end; the next is compared with the time that it took without waiting', async () => {
    const { clock, trials, heard, page } = board();
    trials.join(page);
    const once = () =>
      trials.show(async (onProgress) => {
        onProgress(progress('waits'));
        clock.now += 5000;
        onProgress(progress('builds'));
        clock.now += 40_000;
      });
    await once();
    await once();
    expect(heard).toEqual(['waits 0/90000', 'builds 5000/90000', 'none', 'waits 0/40000', 'builds 5000/40000', 'none']);
  });

  it('is told to a page that comes in the middle, and to none that left', async () => {
    const { clock, trials, heard, page } = board();
    await trials.show(async (onProgress) => {
      onProgress(progress('builds'));
      clock.now += 3000;
      trials.join(page);
      trials.leave(page);
    });
    expect(heard).toEqual(['builds 3000/90000']);
  });

  it('that failed or had nothing to do leaves no time to compare with', async () => {
    const { clock, trials, heard, page } = board();
    trials.join(page);
    await trials.show(async (onProgress) => onProgress(progress('waits')));
    const failed = trials.show(async (onProgress) => {
      onProgress(progress('waits'));
      onProgress(progress('builds'));
      clock.now += 1000;
      throw new Error('boom');
    });
    await expect(failed).rejects.toThrow('boom');
    expect(heard.at(-1)).toBe('none');
    await trials.show(async (onProgress) => onProgress(progress('waits')));
    expect(heard.at(-2)).toBe('waits 0/90000');
  });
});
