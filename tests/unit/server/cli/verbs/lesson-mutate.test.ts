import { expect, it } from 'vitest';
import { escale } from '../fake-control.ts';

it('lists the mutants without playing them', async () => {
  const words = ['lesson', 'mutate', '1.3', '--only', 'USER etl', '--list'];
  const { exit, stdout, calls } = await escale(words);
  expect({ exit, stdout, calls }).toEqual({
    exit: 0,
    stdout: 'Dockerfile:25: - USER etl\nDockerfile:25: - USER etl + USER etlx\n',
    calls: [],
  });
  expect(JSON.parse((await escale([...words, '--json'])).stdout)).toEqual({
    task: '1.3',
    mutants: [
      { file: 'Dockerfile', line: 25, kind: 'line', before: ['USER etl'], after: [] },
      { file: 'Dockerfile', line: 25, kind: 'name', before: ['USER etl'], after: ['USER etlx'] },
    ],
  });
});

it.each([
  [[], 'cli.usage'],
  [['9.9'], 'task.unknown'],
  [['1.3', '1.4'], 'cli.usage'],
  [['1.3', '--limit', 'few'], 'cli.usage'],
  [['1.3', '--labs', '9'], 'cli.usage'],
  [['1.3', '--labs', '2', '--lab', 'amarre'], 'cli.usage'],
  [['1.3', '--lab', 'brume'], 'lab.unknown'],
])('lesson mutate %j is refused with %s', async (words, code) => {
  const { exit, stdout } = await escale(['lesson', 'mutate', ...words, '--json']);
  expect(exit).toBe(64);
  expect(JSON.parse(stdout)).toHaveProperty('error.code', code);
});
