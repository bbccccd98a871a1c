import { describe, expect, it, vi } from 'vitest';
import { repeatOnce } from '../../../../../server/checkpoints/lesson-test/repeat-once.ts';

const isRight = (answer: string) => answer === 'right';
const answers = (...all: string[]) => vi.fn(async () => all.shift() ?? 'no more');

describe('a live play', () => {
  it('is played once when it is right', async () => {
    const act = answers('right', 'wrong');
    expect(await repeatOnce(act, isRight)).toEqual({ answer: 'right', flaky: false });
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('is flaky when it is right only the second time', async () => {
    expect(await repeatOnce(answers('wrong', 'right'), isRight)).toEqual({ answer: 'right', flaky: true });
  });

  it('is wrong when it is wrong twice, and is not played a third time', async () => {
    const act = answers('wrong', 'still wrong', 'right');
    expect(await repeatOnce(act, isRight)).toEqual({ answer: 'still wrong', flaky: false });
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('is not repeated when it could not be played', async () => {
    const act = vi.fn(async () => Promise.reject(new Error('no lab')));
    await expect(repeatOnce(act, isRight)).rejects.toThrow('no lab');
    expect(act).toHaveBeenCalledTimes(1);
  });
});
