import { expect, it } from 'vitest';
import { missingOf } from '../../../../../../server/checkpoints/readers/project/read-places.ts';
import { FakeEngine } from '../../fakes/fake-engine.ts';
import { noNetwork } from '../../fakes/no-network.ts';
import { viewOf } from '../../fakes/view-of.ts';

function missing(paths: readonly string[], path: string, kind: 'file' | 'folder' = 'file') {
  const engine = new FakeEngine();
  const entries = paths.map((one) => ({
    path: one.replace(/\/$/, ''),
    kind: one.endsWith('/') ? ('folder' as const) : ('file' as const),
    size: 0,
    mode: 0o644,
  }));
  const project = {
    read: async () => null,
    entries: async () => entries,
    run: async () => ({ code: 127, timedOut: false, stdout: '', stderr: '' }),
  };
  return missingOf(viewOf({ engine, network: noNetwork, project, environment: null, now: Date.now }), kind, [path]);
}

it.each([
  ['requirements.txt', 'requirement.txt'],
  ['requirements.txt', 'Requirements.txt'],
  ['docker-compose.yml', 'compose.yaml'],
  ['docker-compose.yml', 'docker-compose.yaml'],
  ['.dockerignore', 'dockerignore'],
  ['Dockerfile', 'dockerfile'],
  ['Dockerfile', 'Dockerfile.txt'],
  ['src/__init__.py', 'src/_init_.py'],
  ['src/transform.py', 'src/tranform.py'],
  ['src/load.py', 'Src/load.py'],
  ['config/config.yaml', 'config/config.yml'],
])('%s: sees %s beside it', async (path, found) => {
  expect(await missing([found], path)).toEqual([{ state: 'misnamed', path, found }]);
});

it('sees a file in another folder, a folder in place of a file, and nothing at all', async () => {
  expect(await missing(['src/', 'src/etl_pipeline.py'], 'etl_pipeline.py')).toMatchObject([
    { state: 'misplaced', found: 'src/etl_pipeline.py' },
  ]);
  expect(await missing(['Dockerfile/'], 'Dockerfile')).toEqual([{ state: 'other-kind', path: 'Dockerfile' }]);
  expect(await missing(['README.md', 'load.txt'], 'src/load.py')).toEqual([{ state: 'absent', path: 'src/load.py', kind: 'file' }]);
  expect(await missing(['data/', 'data/raw/'], 'data/raw', 'folder')).toEqual([]);
  expect(await missing(['data/'], 'data/raw', 'folder')).toEqual([{ state: 'absent', path: 'data/raw', kind: 'folder' }]);
});
