import { expect, it } from 'vitest';
import { listMutants } from '../../../../../../server/checkpoints/lesson-test/mutants/list-mutants.ts';
import { mutantsOfTask } from '../../../../../../server/checkpoints/lesson-test/mutants/mutants-of-task.ts';
import { sayMutant } from '../../../../../../server/checkpoints/lesson-test/mutants/say-mutant.ts';
import { projectOf } from '../cases/small-project.ts';

const said = (files: Record<string, string>) => listMutants(projectOf(files), Object.keys(files)).map(sayMutant);

it('says each change on one line, in the order of files and lines', () => {
  expect(said({ 'b.txt': 'two 2\n', 'a.txt': '# 1\none 1\n' })).toEqual([
    'a.txt:2: - one 1',
    'a.txt:2: - one 1 + one 2',
    'b.txt:1: - two 2',
    'b.txt:1: - two 2 + two 3',
  ]);
  expect(said({ 'x.yml': 'a:\n  b: 1\n' })[0]).toBe('x.yml:1: - a: (et 1 de plus)');
});

it('knows the names of services and volumes wherever they stand in a Compose file', () => {
  const compose = 'services:\n  db:\n    volumes:\n      - keep:/x y\nvolumes:\n  keep:\n';
  expect(said({ 'docker-compose.yml': compose })).toContain('docker-compose.yml:4: - - keep:/x y + - keepx:/x y');
});

it('leaves documentation of Python alone, and makes no mutant twice or of nothing', () => {
  expect(said({ 'a.py': '"""Port 5432.\n\nTrue 1\n"""\nx = 1\n' })).toEqual(['a.py:5: - x = 1', 'a.py:5: - x = 1 + x = 2']);
  expect(said({ 'twice.txt': 'a\na\n' })).toEqual(['twice.txt:1: - a']);
  expect(said({ 'null.yml': 'a: ~\nb:\n' })).not.toContain('null.yml:2: - b: + b');
});

it('touches what the task changes, deterministically, and spreads a limit over all', async () => {
  const all = await mutantsOfTask('1.3', {});
  expect(new Set(all.map(({ file }) => file))).toEqual(new Set(['.dockerignore', 'Dockerfile', 'src/health.py']));
  expect(await mutantsOfTask('1.3', {})).toEqual(all);
  const some = await mutantsOfTask('1.3', { limit: 10 });
  expect(some).toHaveLength(10);
  expect(new Set(some.map(({ file }) => file)).size).toBe(3);
  expect((await mutantsOfTask('1.3', { only: ['USER etl'] })).map(sayMutant)).toEqual([
    'Dockerfile:25: - USER etl',
    'Dockerfile:25: - USER etl + USER etlx',
  ]);
});

it('touches the whole project where the task changes nothing in it', async () => {
  const files = new Set((await mutantsOfTask('1.5', {})).map(({ file }) => file));
  expect(files).toContain('etl_pipeline.py');
  expect(files).toContain('docker-compose.yml');
});
