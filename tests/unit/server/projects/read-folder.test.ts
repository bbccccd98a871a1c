import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFolder } from '../../../../server/projects/read-folder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'escale-project-'));
});
afterEach(() => rm(root, { recursive: true }));

describe('readFolder', () => {
  it('keeps dot files, modes, empty folders and inner links', async () => {
    await mkdir(join(root, 'logs'));
    await mkdir(join(root, 'données brutes'));
    await writeFile(join(root, '.env'), 'A=1');
    await writeFile(join(root, 'run.sh'), 'echo');
    await chmod(join(root, 'run.sh'), 0o755);
    await symlink('../run.sh', join(root, 'logs', 'link'));
    const project = await readFolder(root);
    expect([...project.keys()].sort()).toEqual(['.env', 'données brutes', 'logs', 'logs/link', 'run.sh']);
    expect(project.get('run.sh')).toMatchObject({ kind: 'file', mode: 0o755 });
    expect(project.get('données brutes')).toMatchObject({ kind: 'folder' });
    expect(project.get('logs/link')).toEqual({ kind: 'link', target: '../run.sh' });
  });

  it.each(['/etc/passwd', '../outside', 'a/../../outside'])('refuses a link to %s', async (target) => {
    await symlink(target, join(root, 'link'));
    await expect(readFolder(root)).rejects.toMatchObject({ code: 'project.link-outside' });
  });

  it('reports a missing folder', async () => {
    await expect(readFolder(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'project.folder-unreadable', kind: 'usage' });
  });
});
