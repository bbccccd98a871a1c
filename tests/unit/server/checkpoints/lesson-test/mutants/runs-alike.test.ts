import { expect, it } from 'vitest';
import { runsAlike } from '../../../../../../server/checkpoints/lesson-test/mutants/runs-alike.ts';

it.each([
  ['Dockerfile', 'RUN a \\\n # note\n && b', 'RUN a && b'],
  ['config/config.yaml', 'a: 1 # one', 'a: 1'],
  ['requirements.txt', '# x\na\n', 'a\n'],
])('takes for the same in %s: %j and %j', (file, one, other) => {
  expect(runsAlike(file, one, other)).toBe(true);
});

it.each([
  ['Dockerfile', 'HEALTHCHECK --interval=30s CMD x', 'HEALTHCHECK --interval=31s CMD x'],
  ['config/config.yaml', 'a: 1', 'a: 2'],
  ['docker-compose.yml', 'a: [', 'a: {'],
  ['requirements.txt', 'a', 'b'],
  ['a.py', 'x = 1', 'x = 2'],
])('takes for different in %s: %j and %j', (file, one, other) => {
  expect(runsAlike(file, one, other)).toBe(false);
});
