import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setupMode } from '../../../../setup/lib/setup-mode.mjs';

afterEach(() => void vi.unstubAllEnvs());

describe('ESCALE_SETUP', () => {
  it.each([
    [undefined, 'auto'],
    ['', 'auto'],
    ['auto', 'auto'],
    ['never', 'never'],
  ])('%j is %s', (said, mode) => {
    vi.stubEnv('ESCALE_SETUP', said);
    expect(setupMode()).toBe(mode);
  });

  it.each(['nerver', 'Never', '0', ' never'])('%j is refused with the variable, its values and what to do', (said) => {
    vi.stubEnv('ESCALE_SETUP', said);
    expect(setupMode).toThrow(
      expect.objectContaining({
        exitStatus: 64,
        message: `La variable ESCALE_SETUP vaut « ${said} », qu’Escale ne connaît pas.`,
        why: expect.stringMatching(/« auto ».*« never »/),
        mend: expect.stringContaining('unset ESCALE_SETUP'),
      }),
    );
  });

  it.each([['start.mjs'], ['dev.mjs'], ['test.mjs'], ['escale.mjs', 'serve']])(
    'is read by setup/%s before it prepares anything',
    (name, ...args) => {
      const command = fileURLToPath(new URL(`../../../../setup/${name}`, import.meta.url));
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
        env: { ...process.env, ESCALE_SETUP: 'nerver' },
        encoding: 'utf8',
      });
      expect([status, stdout]).toEqual([64, '']);
      expect(stderr).toContain('ESCALE_SETUP vaut « nerver »');
    },
  );
});
