import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../server/environment.ts';

describe('the environment', () => {
  it.each([
    [{}, 'auto'],
    [{ ESCALE_SETUP: '' }, 'auto'],
    [{ ESCALE_SETUP: 'auto' }, 'auto'],
    [{ ESCALE_SETUP: 'never' }, 'never'],
  ])('%j prepares the machine as %s', (variables, setup) => {
    expect(readEnvironment({ HOME: '/nowhere', ...variables }).setup).toBe(setup);
  });

  it.each(['nerver', 'Never', '0'])('ESCALE_SETUP=%s is refused with the variable, its values and what to do', (said) => {
    expect(() => readEnvironment({ HOME: '/nowhere', ESCALE_SETUP: said })).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'environment.setup',
        message: `La variable ESCALE_SETUP vaut « ${said} », qu’Escale ne connaît pas. Valeurs possibles : « auto » ou « never ».`,
        hint: expect.stringContaining('unset ESCALE_SETUP'),
      }),
    );
  });
});
