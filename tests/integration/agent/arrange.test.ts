import { chown, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningAgent, startAgent, UID } from './start-agent.ts';

let agent: RunningAgent;
const at = (path: string): string => `${agent.project}/${path}`;
const trash = (): string => `${agent.home}/.escale-trash`;

beforeAll(async () => {
  agent = await startAgent();
});
beforeEach(async () => {
  await rm(agent.project, { recursive: true, force: true });
  await rm(trash(), { recursive: true, force: true });
  await mkdir(agent.project);
  await chown(agent.project, UID, UID);
});
afterAll(() => agent.stop());

describe('creating a folder', () => {
  it('creates missing parents, owned by the learner, and replaces nothing', async () => {
    await agent.client.makeFolder('data/été/raw');
    for (const path of ['data', 'data/été', 'data/été/raw']) expect(await stat(at(path))).toMatchObject({ uid: UID, gid: UID });
    await writeFile(at('file'), 'x');
    for (const path of ['data', 'file'])
      await expect(agent.client.makeFolder(path)).rejects.toMatchObject({ code: 'file.exists', kind: 'conflict' });
    await expect(agent.client.makeFolder('../out')).rejects.toMatchObject({ code: 'unavailable.lab' });
  });
});

describe('a project whose folder is gone', () => {
  it('is made again by what is created in it, and by nothing else', async () => {
    await rm(agent.project, { recursive: true });
    await expect(agent.client.moveFile({ from: 'a', to: 'b' })).rejects.toMatchObject({ code: 'file.not-found' });
    await expect(agent.client.makeFolder('../out')).rejects.toMatchObject({ code: 'unavailable.lab' });
    await expect(stat(agent.project)).rejects.toMatchObject({ code: 'ENOENT' });
    await agent.client.makeFolder('src');
    for (const path of [agent.project, at('src')]) expect(await stat(path)).toMatchObject({ uid: UID, gid: UID });
    await rm(agent.project, { recursive: true });
    await agent.client.writeFile({ path: 'config/a.yaml', text: 'x', version: null });
    expect(await readFile(at('config/a.yaml'), 'utf8')).toBe('x');
  });
});

describe('renaming', () => {
  it('keeps the type of a file, a folder or a link', async () => {
    await mkdir(at('src'));
    await writeFile(at('src/a.py'), 'a');
    await symlink('src/a.py', at('alias'));
    await agent.client.moveFile({ from: 'src', to: 'lib/src' });
    await agent.client.moveFile({ from: 'lib/src/a.py', to: 'lib/src/b.py' });
    await agent.client.moveFile({ from: 'alias', to: 'other' });
    expect(await readFile(at('lib/src/b.py'), 'utf8')).toBe('a');
    expect((await lstat(at('other'))).isSymbolicLink()).toBe(true);
    expect((await readdir(agent.project)).sort()).toEqual(['lib', 'other']);
  });

  it('replaces nothing: neither a file, nor a folder, empty or not, nor a dangling link', async () => {
    for (const folder of ['full', 'empty', 'moved']) await mkdir(at(folder));
    for (const file of ['full/x', 'one', 'two']) await writeFile(at(file), file);
    await symlink('nowhere', at('dangling'));
    for (const [from, to] of [
      ['one', 'two'],
      ['one', 'full'],
      ['one', 'empty'],
      ['one', 'dangling'],
      ['moved', 'empty'],
      ['moved', 'full'],
      ['moved', 'two'],
    ] as const)
      await expect(agent.client.moveFile({ from, to }), `${from} → ${to}`).rejects.toMatchObject({ code: 'file.exists', kind: 'conflict' });
    expect(await readFile(at('two'), 'utf8')).toBe('two');
  });

  it('refuses to leave the project, or to move a folder into itself', async () => {
    await mkdir(at('src'));
    await writeFile(at('a'), 'a');
    await symlink(agent.home, at('out'));
    await symlink('src', at('way'));
    await expect(agent.client.moveFile({ from: 'a', to: 'out/a' })).rejects.toMatchObject({ code: 'file.outside' });
    await expect(agent.client.moveFile({ from: 'out/.bashrc', to: 'b' })).rejects.toMatchObject({ code: 'file.outside' });
    for (const to of ['src', 'src/deeper', 'way/deeper'])
      await expect(agent.client.moveFile({ from: 'src', to })).rejects.toMatchObject({ code: 'file.into-itself', kind: 'usage' });
    await expect(agent.client.moveFile({ from: 'absent', to: 'b' })).rejects.toMatchObject({ code: 'file.not-found' });
  });
});

describe('the trash', () => {
  it('restores a deleted entry unchanged', async () => {
    await mkdir(at('src'));
    await writeFile(at('src/a.py'), 'a', { mode: 0o755 });
    await symlink('a.py', at('src/alias'));
    const { trash: name } = await agent.client.trashFile('src');
    expect(await readdir(agent.project)).toEqual([]);
    await agent.client.restoreFile({ trash: name, path: 'src' });
    expect((await stat(at('src/a.py'))).mode & 0o777).toBe(0o755);
    expect((await lstat(at('src/alias'))).isSymbolicLink()).toBe(true);
    await expect(agent.client.restoreFile({ trash: name, path: 'src2' })).rejects.toMatchObject({
      code: 'file.trash-gone',
      kind: 'not-found',
    });
  });

  it('deletes a link and not its target', async () => {
    await writeFile(`${agent.home}/kept`, 'kept');
    await symlink(`${agent.home}/kept`, at('alias'));
    await agent.client.trashFile('alias');
    expect(await readFile(`${agent.home}/kept`, 'utf8')).toBe('kept');
    expect(await readdir(agent.project)).toEqual([]);
  });

  it('does not restore over something created meanwhile', async () => {
    await writeFile(at('f'), 'one');
    const { trash: name } = await agent.client.trashFile('f');
    await writeFile(at('f'), 'two');
    await expect(agent.client.restoreFile({ trash: name, path: 'f' })).rejects.toMatchObject({ code: 'file.exists', kind: 'conflict' });
    await agent.client.restoreFile({ trash: name, path: 'g' });
    expect(await readFile(at('f'), 'utf8')).toBe('two');
    expect(await readFile(at('g'), 'utf8')).toBe('one');
  });

  it('keeps the last twenty deletions, and fewer large ones', async () => {
    const names: string[] = [];
    for (let i = 0; i < 22; i += 1) {
      await writeFile(at('f'), String(i));
      names.push((await agent.client.trashFile('f')).trash);
    }
    expect((await readdir(trash())).sort()).toEqual(names.slice(2).sort());
    await mkdir(at('heavy'));
    for (const part of ['a', 'b', 'c']) await writeFile(at(`heavy/${part}`), Buffer.alloc(100 * 1024 * 1024, 1));
    const { trash: heavy } = await agent.client.trashFile('heavy');
    expect(await readdir(trash())).toEqual([heavy]);
  });

  it('is a real folder: a link in its place is removed, and invalid names are refused', async () => {
    await mkdir(`${agent.home}/elsewhere`, { recursive: true });
    await symlink(`${agent.home}/elsewhere`, trash());
    await writeFile(at('f'), 'one');
    await agent.client.trashFile('f');
    expect(await readdir(`${agent.home}/elsewhere`)).toEqual([]);
    for (const name of ['../elsewhere', '.', 'x'.repeat(26)])
      await expect(agent.client.restoreFile({ trash: name, path: 'g' }), name).rejects.toMatchObject({ code: 'unavailable.lab' });
    for (const path of ['absent', 'absent/f']) await expect(agent.client.trashFile(path)).rejects.toMatchObject({ code: 'file.not-found' });
    await symlink(`${agent.home}/elsewhere`, at('out'));
    await expect(agent.client.trashFile('out/x')).rejects.toMatchObject({ code: 'file.outside', kind: 'usage' });
  });
});
