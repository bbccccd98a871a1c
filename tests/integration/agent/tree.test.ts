import { execFileSync, spawn } from 'node:child_process';
import { chmod, chown, link, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Pack, pack } from 'tar-stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningAgent, startAgent, UID } from './start-agent.ts';

let agent: RunningAgent;
let source: string;
const at = (path: string): string => `${agent.project}/${path}`;

beforeAll(async () => {
  agent = await startAgent();
});
beforeEach(async () => {
  await rm(agent.project, { recursive: true, force: true });
  await mkdir(at('old/deep'), { recursive: true });
  await writeFile(at('old/deep/file'), 'mine');
  source = await mkdtemp(`${tmpdir()}/escale-tree-`);
});
afterEach(() => rm(source, { recursive: true, force: true }));
afterAll(() => agent.stop());

const tarOf = (folder: string): Readable => spawn('tar', ['-C', folder, '-cf', '-', '.'], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout;

/** Type, mode, owner, content or target of every entry of a folder, as a comparable list. */
function listing(folder: string, owner: string): string {
  return execFileSync(
    'bash',
    ['-c', `find . -printf '%y %m ${owner} %p %l\\n' | sort; find . -type f -print0 | sort -z | xargs -0r sha256sum`],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
}

async function fill(folder: string): Promise<void> {
  await mkdir(`${folder}/src/vide`, { recursive: true });
  await mkdir(`${folder}/private`, { mode: 0o700 });
  await writeFile(`${folder}/.env`, 'A=1\n', { mode: 0o600 });
  await writeFile(`${folder}/mes données.txt`, 'é');
  await writeFile(`${folder}/run.sh`, '#!/bin/sh\n');
  await chmod(`${folder}/run.sh`, 0o4755);
  await symlink('src', `${folder}/lien`);
  await symlink('absent', `${folder}/dangling`);
  await link(`${folder}/run.sh`, `${folder}/same.sh`);
}

describe('putting a tree', () => {
  it('makes the project equal to the tree: dot files, modes, empty folders, links, owner', async () => {
    await fill(source);
    await agent.client.putTree(tarOf(source));
    expect(listing(agent.project, '%U')).toBe(listing(source, `${UID}`));
    expect((await stat(at('run.sh'))).ino).toBe((await stat(at('same.sh'))).ino);
    expect((await lstat(at('dangling'))).uid).toBe(UID);
    expect(await readdir(agent.home)).toEqual(['docker-etl-project']);
  });

  it('keeps the folder itself, so that shells in it stay valid, and unchanged files', async () => {
    await fill(source);
    await agent.client.putTree(tarOf(source));
    const before = await Promise.all(['', 'src', '.env', 'run.sh'].map((path) => stat(at(path))));
    await writeFile(`${source}/new`, 'x');
    await agent.client.putTree(tarOf(source));
    const after = await Promise.all(['', 'src', '.env'].map((path) => stat(at(path))));
    expect(after.map(({ ino }) => ino)).toEqual(before.slice(0, 3).map(({ ino }) => ino));
    expect(await readFile(at('new'), 'utf8')).toBe('x');
  });

  it('removes files of other owners and never follows a link that leaves the project', async () => {
    await mkdir(`${agent.home}/precious`);
    await writeFile(`${agent.home}/precious/kept`, 'x');
    await symlink('../precious', at('way-out'));
    await mkdir(at('root-owned'), { mode: 0o700 });
    await chown(at('root-owned'), 12345, 12345);
    await writeFile(`${source}/way-out`, 'now a file');
    await writeFile(`${source}/old`, 'now a file too');
    await agent.client.putTree(tarOf(source));
    expect((await readdir(agent.project)).sort()).toEqual(['old', 'way-out']);
    expect(await readFile(`${agent.home}/precious/kept`, 'utf8')).toBe('x');
    await rm(`${agent.home}/precious`, { recursive: true });
  });

  it('works for another folder under the home, and for a missing project', async () => {
    await writeFile(`${source}/f`, 'x');
    await agent.client.putTree(tarOf(source), 'autre/dossier');
    expect(await readFile(`${agent.home}/autre/dossier/f`, 'utf8')).toBe('x');
    expect((await stat(`${agent.home}/autre`)).uid).toBe(UID);
    await rm(`${agent.home}/autre`, { recursive: true });
    await rm(agent.project, { recursive: true });
    await agent.client.putTree(tarOf(source), agent.project);
    expect(await readdir(agent.project)).toEqual(['f']);
  });

  it('refuses folders that are not under the home', async () => {
    await symlink('/etc', `${agent.home}/etc`);
    for (const to of ['..', '/etc', agent.home, '', '.', `${agent.home}/../x`, 'etc/sub', '.escale-staging/x']) {
      await expect(agent.client.putTree(tarOf(source), to), to).rejects.toMatchObject({ code: 'tree.outside' });
    }
    await rm(`${agent.home}/etc`);
  });

  type Entry = Parameters<Pack['entry']>[0];
  const refused: ReadonlyArray<[string, ...Entry[]]> = [
    ['an absolute path', { name: '/etc/evil' }],
    ['a path that leaves', { name: 'a/../../evil' }],
    ['a device', { name: 'null', type: 'character-device', devmajor: 1, devminor: 3 }],
    ['a pipe', { name: 'pipe', type: 'fifo' }],
    ['a hard link to the outside', { name: 'passwd', type: 'link', linkname: '/etc/passwd' }],
    ['a hard link to nothing', { name: 'x', type: 'link', linkname: 'absent' }],
    ['a file through a link', { name: 'out', type: 'symlink', linkname: '/tmp' }, { name: 'out/evil' }],
    ['a name twice', { name: 'x' }, { name: 'x' }],
  ];
  it.each(refused)('refuses %s and changes nothing', async (...[, ...headers]: [string, ...Entry[]]) => {
    const tar = pack();
    tar.entry({ name: 'good' }, 'x');
    for (const header of headers) {
      if (header.type === undefined) tar.entry(header, 'x');
      else tar.entry(header);
    }
    tar.finalize();
    const before = listing(agent.project, '%U');
    await expect(agent.client.putTree(Readable.from(tar))).rejects.toMatchObject({ code: 'tree.refused', kind: 'usage' });
    expect(listing(agent.project, '%U')).toBe(before);
    expect(await readdir(agent.home)).toEqual(['docker-etl-project']);
  });

  it('refuses input that is not an archive, or not a complete one', async () => {
    const before = listing(agent.project, '%U');
    await fill(source);
    await writeFile(`${source}/big`, Buffer.alloc(3_000_000, 'x'));
    const whole = await buffer(tarOf(source));
    for (const bytes of [Buffer.from('not a tar'), Buffer.alloc(0), Buffer.alloc(5000, 'x'), whole.subarray(0, whole.length / 2)]) {
      await expect(agent.client.putTree(Readable.from([bytes]))).rejects.toMatchObject({ code: 'tree.not-a-tar' });
    }
    expect(listing(agent.project, '%U')).toBe(before);
  });

  it('keeps the project when the client disconnects in the middle, and serves the next one', async () => {
    const before = listing(agent.project, '%U');
    const tar = pack();
    tar.entry({ name: 'half', size: 1000 }).write('x');
    const sent = Promise.withResolvers<void>();
    async function* half() {
      for await (const chunk of tar) {
        yield chunk;
        sent.resolve();
      }
    }
    const cut = Readable.from(half());
    const put = expect(agent.client.putTree(cut)).rejects.toMatchObject({ code: 'unavailable.lab' });
    await sent.promise;
    cut.destroy();
    await put;
    expect(listing(agent.project, '%U')).toBe(before);
    await writeFile(`${source}/f`, 'x');
    await agent.client.putTree(tarOf(source));
    expect(await readdir(agent.project)).toEqual(['f']);
  });
});

describe('getting a tree', () => {
  it('is the inverse of putting', async () => {
    await fill(source);
    await agent.client.putTree(tarOf(source));
    const back = await mkdtemp(`${tmpdir()}/escale-tree-`);
    const untar = spawn('tar', ['-C', back, '-xpf', '-'], { stdio: ['pipe', 'inherit', 'inherit'] });
    (await agent.client.getTree()).pipe(untar.stdin);
    await new Promise((resolve) => untar.once('close', resolve));
    expect(listing(back, '-')).toBe(listing(source, '-'));
    expect(await readlink(`${back}/lien`)).toBe('src');
    await rm(back, { recursive: true });
  });

  it('refuses folders outside the home, and missing ones', async () => {
    for (const from of ['/etc', '..', 'absent'])
      await expect(agent.client.getTree(from), from).rejects.toMatchObject({ code: 'tree.outside' });
  });
});
