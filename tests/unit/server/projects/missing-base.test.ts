import { describe, expect, it } from 'vitest';
import type { FileEntry } from '../../../../contract/files.ts';
import { missingBase } from '../../../../server/projects/missing-base.ts';
import type { Project } from '../../../../server/projects/project.ts';
import { projectAfter, projectBefore, starterProject } from '../../../../server/projects/project-states.ts';

function entries(project: Project): FileEntry[] {
  return [...project].map(([path, entry]) => ({
    path,
    kind: entry.kind,
    size: entry.kind === 'file' ? entry.content.length : 0,
    mode: 0o644,
  }));
}
const file = (path: string, size = 10): FileEntry => ({ path, kind: 'file', size, mode: 0o644 });

describe('what a task builds on', () => {
  it.each(['1.1', '1.2', '1.3', '1.4', '1.5'])('is there before %s and after it', async (task) => {
    for (const project of [await projectBefore(task), await projectAfter(task)])
      expect(await missingBase(task, entries(project))).toEqual({ empty: false, missing: [] });
  });

  it('is nothing for the first task, and is missing from an empty project for the others', async () => {
    const none = entries(await starterProject());
    expect(await missingBase('1.1', none)).toEqual({ empty: false, missing: [] });
    expect(await missingBase('1.2', none)).toMatchObject({ empty: true });
    expect(await missingBase('1.4', none)).toEqual({
      empty: true,
      missing: ['Dockerfile', 'docker-compose.yml', 'etl_pipeline.py', 'requirements.txt'],
    });
  });

  it('of 1.4 is missing after 1.1 or 1.2 only: files that the tasks between fill are named', async () => {
    expect((await missingBase('1.4', entries(await projectAfter('1.2')))).missing).toEqual(['Dockerfile']);
    expect((await missingBase('1.4', entries(await projectAfter('1.1')))).missing).toEqual([
      'Dockerfile',
      'etl_pipeline.py',
      'requirements.txt',
    ]);
  });

  it('is not code under folders of one’s own, nor the Compose file’s usual name', async () => {
    const own = [file('Dockerfile'), file('compose.yaml'), file('etl_pipeline.py'), file('requirements.txt'), file('etl/read.py')];
    expect(await missingBase('1.5', own)).toEqual({ empty: false, missing: [] });
  });

  it('is not there in a project of something else', async () => {
    expect(await missingBase('1.2', [file('notes.txt')])).toMatchObject({ empty: false, missing: expect.arrayContaining(['Dockerfile']) });
  });
});
