import { buffer } from 'node:stream/consumers';
import tar from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { packProject } from '../../../../server/projects/pack-project.ts';
import { overlay, type Project } from '../../../../server/projects/project.ts';
import { projectAfter, projectBefore, starterProject } from '../../../../server/projects/project-states.ts';

const file = (text: string) => ({ kind: 'file', mode: 0o644, content: Buffer.from(text) }) as const;
const layer = (files: Record<string, string>): Project => new Map(Object.entries(files).map(([path, text]) => [path, file(text)]));

describe('project states', () => {
  it('applies each task over the ones before it', async () => {
    const before = await projectBefore('1.3');
    const after = await projectAfter('1.3');
    expect(before.has('etl_pipeline.py')).toBe(true);
    expect(before.has('data/raw/.gitkeep')).toBe(true);
    expect(before.get('Dockerfile')).toMatchObject({ content: Buffer.alloc(0) });
    expect(after.get('Dockerfile')).not.toEqual(before.get('Dockerfile'));
    expect(after.has('src/health.py')).toBe(true);
    expect(after.get('etl_pipeline.py')).toEqual(before.get('etl_pipeline.py'));
  });

  it('starts a new lab with an empty folder', async () => {
    expect([...(await starterProject()).keys()]).toEqual([]);
  });

  it('refuses a task that is not in the brief', async () => {
    await expect(projectAfter('9.9')).rejects.toMatchObject({ code: 'task.unknown', kind: 'usage' });
  });
});

describe('overlay', () => {
  it('replaces, adds and removes', () => {
    const result = overlay(layer({ a: '1', 'b/c': '2', 'b/d': '3', e: '4' }), layer({ a: 'new', f: '5', '.remove': 'b\ne\n' }));
    expect([...result.keys()].sort()).toEqual(['a', 'f']);
    expect(result.get('a')).toEqual(file('new'));
  });

  it('lets a file replace a folder', () => {
    expect([...overlay(layer({ 'x/y': '1' }), layer({ x: '2' })).keys()]).toEqual(['x']);
  });
});

describe('packProject', () => {
  it('writes parents before children, with modes and links', async () => {
    const project: Project = new Map([
      ['bin/run.sh', { kind: 'file', mode: 0o755, content: Buffer.from('echo') }],
      ['bin', { kind: 'folder', mode: 0o750 }],
      ['link', { kind: 'link', target: 'bin/run.sh' }],
    ]);
    const extract = tar.extract();
    extract.end(await buffer(packProject(project)));
    const seen: unknown[] = [];
    for await (const entry of extract) {
      seen.push([entry.header.name, entry.header.type, entry.header.mode, entry.header.linkname ?? null]);
      entry.resume();
    }
    expect(seen).toEqual([
      ['./', 'directory', 0o755, null],
      ['bin', 'directory', 0o750, null],
      ['bin/run.sh', 'file', 0o755, null],
      ['link', 'symlink', expect.any(Number), 'bin/run.sh'],
    ]);
  });

  it('has an entry even for an empty project, as in a new lab', async () => {
    const extract = tar.extract();
    extract.end(await buffer(packProject(new Map())));
    const names: string[] = [];
    for await (const entry of extract) {
      names.push(entry.header.name);
      entry.resume();
    }
    expect(names).toEqual(['./']);
  });
});
