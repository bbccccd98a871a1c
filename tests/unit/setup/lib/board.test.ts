import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Board, seconds } from '../../../../setup/lib/board.mjs';
import { SetupError } from '../../../../setup/lib/setup-error.mjs';

function board() {
  const out = new PassThrough();
  return { board: new Board(out as unknown as NodeJS.WriteStream), text: () => String(out.read() ?? '') };
}

describe('the board of steps', () => {
  it('shows name, result and duration of a step, and returns its value', async () => {
    const { board: shown, text } = board();
    const value = await shown.step('Site', async (step) => {
      step.result('construit');
      return 7;
    });
    expect(value).toBe(7);
    expect(text()).toMatch(/^ {2}✓ Site +construit +0,0 s\n$/);
  });

  it('explains a failure (what, why, what to do) and marks it as shown', async () => {
    const { board: shown, text } = board();
    const failure = new SetupError('Rien ne va.', { why: 'Le réseau manque.\nVraiment.', mend: 'Branchez-le.' });
    await expect(shown.step('Node', () => Promise.reject(failure))).rejects.toBe(failure);
    expect(failure.shown).toBe(true);
    expect(text()).toMatch(
      /✗ Node .*\n {4}Ce qui s’est passé : Rien ne va\.\n {4}Pourquoi : Le réseau manque\.\n {6}Vraiment\.\n {4}Que faire : Branchez-le\.\n$/,
    );
  });

  it('shows an unexpected error as an internal one', async () => {
    const { board: shown } = board();
    await expect(shown.step('Node', () => Promise.reject(new TypeError('oops')))).rejects.toMatchObject({ exitStatus: 70 });
  });

  it('writes durations in French', () => {
    expect(seconds(12_345)).toBe('12,3 s');
  });
});
