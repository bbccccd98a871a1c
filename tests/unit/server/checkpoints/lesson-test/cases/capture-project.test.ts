import { expect, it } from 'vitest';
import { applyChange } from '../../../../../../server/checkpoints/lesson-test/cases/apply-change.ts';
import { captureProject } from '../../../../../../server/checkpoints/lesson-test/cases/capture-project.ts';
import { packProject } from '../../../../../../server/projects/pack-project.ts';
import type { Project, ProjectEntry } from '../../../../../../server/projects/project.ts';
import { projectAfter } from '../../../../../../server/projects/project-states.ts';
import { shown } from './small-project.ts';

const file = (text: string, mode = 0o664): ProjectEntry => ({ kind: 'file', mode, content: Buffer.from(text) });
const solution = await projectAfter('1.4');
const capture = (project: Project) => captureProject(packProject(project), '1.4');

it('finds nothing in the solution itself, whatever rights a lab gives it', async () => {
  const project = new Map([...solution].map(([path, entry]) => [path, entry.kind === 'file' ? { ...entry, mode: 0o664 } : entry]));
  const { change, whole } = await capture(project);
  expect({ ...change, whole: whole.size }).toEqual({ edits: [], move: {}, remove: [], folders: [], whole: 0 });
});

it('leaves out what programs made and what means something else in a case, and gives the rest back', async () => {
  const compose = String(shown(solution)['docker-compose.yml']);
  const work = new Map(solution)
    .set('docker-compose.yml', file(compose.replace('@postgres:5432', '@localhost:5432')))
    .set('notes.txt', file('à moi\n'));
  work.delete('requirements.txt');
  const made = ['logs/etl.log', 'data/raw/users.json', 'src/__pycache__/load.pyc', '.git/config', 'case.json', '.remove'];
  const { change, whole, leftOut } = await capture(new Map([...work, ...made.map((path) => [path, file('x')] as const)]));
  expect([...leftOut].sort()).toEqual([
    '.git/config',
    '.remove',
    'case.json',
    'data/raw/users.json',
    'logs/etl.log',
    'src/__pycache__/load.pyc',
  ]);
  expect(change.edits).toMatchObject([{ file: 'docker-compose.yml', with: expect.stringContaining('@localhost:5432') }]);
  expect({ remove: change.remove, whole: [...whole.keys()] }).toEqual({ remove: ['requirements.txt'], whole: ['notes.txt'] });
  expect(shown(applyChange(solution, change, whole, 'x'))).toEqual(shown(work));
});
