import { execFileSync } from 'node:child_process';
import { chmod, chown, link, mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EDITOR_FILE_BYTES } from '../../../contract/files.ts';
import { type RunningAgent, startAgent, UID } from './start-agent.ts';

let agent: RunningAgent;
const at = (path: string): string => `${agent.project}/${path}`;

beforeAll(async () => {
  agent = await startAgent();
});
beforeEach(async () => {
  await rm(agent.project, { recursive: true, force: true });
  await mkdir(agent.project);
  await chown(agent.project, UID, UID);
});
afterAll(() => agent.stop());

describe('reading', () => {
  it('reads names with spaces and accents, an empty file, a byte order mark', async () => {
    await mkdir(at('mes données'));
    await writeFile(at('mes données/été 1.txt'), '\ufeffhéllo\n');
    await writeFile(at('empty'), '');
    expect(await agent.client.readFile('mes données/été 1.txt')).toMatchObject({ text: '\ufeffhéllo\n', size: 10 });
    expect(await agent.client.readFile('empty')).toMatchObject({ text: '', size: 0 });
  });

  it('returns no text for a binary file, for bytes that are not UTF-8 and for 20 MB', async () => {
    await writeFile(at('nul.bin'), Buffer.from([104, 0, 105]));
    await writeFile(at('latin1.txt'), Buffer.from([0xe9, 0x74, 0xe9]));
    await writeFile(at('big.csv'), '');
    await truncate(at('big.csv'), 20 * 1024 * 1024);
    expect(await agent.client.readFile('nul.bin')).toMatchObject({ text: null, reason: 'binary' });
    expect(await agent.client.readFile('latin1.txt')).toMatchObject({ text: null, reason: 'binary' });
    expect(await agent.client.readFile('big.csv')).toMatchObject({ text: null, reason: 'too-large', size: 20 * 1024 * 1024 });
  });

  it('follows links within the project and refuses those that leave it', async () => {
    await mkdir(at('src'));
    await writeFile(at('src/a.py'), 'a');
    await symlink('src', at('inner'));
    await symlink('/etc', at('outer'));
    await symlink('../../../../../etc/passwd', at('passwd'));
    await symlink(`${agent.project}-evil`, at('twin'));
    await mkdir(`${agent.project}-evil`, { recursive: true });
    await writeFile(`${agent.project}-evil/x`, 'x');
    expect((await agent.client.readFile('inner/a.py')).text).toBe('a');
    for (const path of ['outer/passwd', 'passwd', 'twin/x', '../x', '/etc/passwd', 'src/../../x', 'src//a.py', './src/a.py', '']) {
      await expect(agent.client.readFile(path), path).rejects.toMatchObject({ code: 'file.outside', kind: 'usage' });
    }
  });

  it('refuses folders, pipes and devices without waiting on them', async () => {
    await mkdir(at('folder'));
    execFileSync('mkfifo', [at('pipe')]);
    execFileSync('mknod', [at('device'), 'c', '1', '5']);
    for (const path of ['folder', 'pipe', 'device'])
      await expect(agent.client.readFile(path), path).rejects.toMatchObject({ code: 'file.not-a-file' });
    await expect(agent.client.readFile('absent')).rejects.toMatchObject({ code: 'file.not-found', kind: 'not-found' });
    await expect(agent.client.readFile('absent/deeper')).rejects.toMatchObject({ code: 'file.not-found' });
  });
});

describe('saving', () => {
  it('creates a new file with its folders, owned by the learner', async () => {
    const { version } = await agent.client.writeFile({ path: 'a/b c/é.txt', text: 'x', version: null });
    expect(version).toBe((await agent.client.readFile('a/b c/é.txt')).version);
    for (const path of ['a', 'a/b c', 'a/b c/é.txt']) expect(await stat(at(path))).toMatchObject({ uid: UID, gid: UID });
    expect((await stat(at('a/b c/é.txt'))).mode & 0o777).toBe(0o644);
  });

  it('keeps mode and owner, and writes atomically', async () => {
    await writeFile(at('run.sh'), 'old');
    await chmod(at('run.sh'), 0o755);
    const { version } = await agent.client.readFile('run.sh');
    await agent.client.writeFile({ path: 'run.sh', text: 'new', version });
    expect(await stat(at('run.sh'))).toMatchObject({ uid: 0, mode: 0o100755 });
    expect(await readdir(agent.project)).toEqual(['run.sh']);
  });

  it('refuses to replace another version, a deleted file or an existing one, and changes nothing', async () => {
    await writeFile(at('f'), 'one');
    const { version } = await agent.client.readFile('f');
    await writeFile(at('f'), 'two');
    await expect(agent.client.writeFile({ path: 'f', text: 'mine', version })).rejects.toMatchObject({
      code: 'file.conflict',
      kind: 'conflict',
    });
    await expect(agent.client.writeFile({ path: 'f', text: 'mine', version: null })).rejects.toMatchObject({ code: 'file.conflict' });
    expect(await readFile(at('f'), 'utf8')).toBe('two');
    await rm(at('f'));
    await expect(agent.client.writeFile({ path: 'f', text: 'mine', version })).rejects.toMatchObject({ code: 'file.conflict' });
    expect(await readdir(agent.project)).toEqual([]);
  });

  it('lets only one of two tabs save', async () => {
    await writeFile(at('f'), 'one');
    const { version } = await agent.client.readFile('f');
    const saves = await Promise.allSettled(['a', 'b', 'c', 'd'].map((text) => agent.client.writeFile({ path: 'f', text, version })));
    expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1);
  });

  it('writes through a link within the project, never through one that leaves it', async () => {
    await writeFile(at('real'), 'one');
    await symlink('real', at('alias'));
    await symlink(`${agent.home}/outside`, at('out'));
    const { version } = await agent.client.readFile('alias');
    await agent.client.writeFile({ path: 'alias', text: 'two', version });
    expect(await readFile(at('real'), 'utf8')).toBe('two');
    await expect(agent.client.writeFile({ path: 'out', text: 'x', version: null })).rejects.toMatchObject({ code: 'file.outside' });
    await expect(stat(`${agent.home}/outside`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses what is too large or not Unicode', async () => {
    const large = 'é'.repeat(EDITOR_FILE_BYTES / 2 + 1);
    await expect(agent.client.writeFile({ path: 'f', text: large, version: null })).rejects.toMatchObject({ code: 'file.too-large' });
    await expect(agent.client.writeFile({ path: 'f', text: '\ud800', version: null })).rejects.toMatchObject({ code: 'file.not-text' });
    const escaped = '\u0001'.repeat(EDITOR_FILE_BYTES);
    await agent.client.writeFile({ path: 'f', text: escaped, version: null });
    expect((await agent.client.readFile('f')).text).toBe(escaped);
  });

  it('never leaves the project while a folder is replaced by a link', async () => {
    await mkdir(at('d'));
    await mkdir(`${agent.home}/target`, { recursive: true });
    let swapping = true;
    const swap = (async (): Promise<void> => {
      while (swapping) {
        await rename(at('d'), at('kept')).catch(() => undefined);
        await symlink(`${agent.home}/target`, at('d')).catch(() => undefined);
        await rm(at('d'), { force: true }).catch(() => undefined);
        await rename(at('kept'), at('d')).catch(() => undefined);
      }
    })();
    for (let i = 0; i < 300; i += 1) await agent.client.writeFile({ path: `d/f${i}`, text: 'x', version: null }).catch(() => undefined);
    swapping = false;
    await swap;
    expect(await readdir(`${agent.home}/target`)).toEqual([]);
  });
});

describe('the tree', () => {
  it('lists kinds, sizes and modes, level by level, and the closed folders without their content', async () => {
    await mkdir(at('src/deep'), { recursive: true });
    await mkdir(at('.git/objects'), { recursive: true });
    await mkdir(at('node_modules/x'), { recursive: true });
    await writeFile(at('src/deep/a.py'), 'abc');
    await symlink('/etc', at('link'));
    execFileSync('mkfifo', [at('pipe')]);
    const { entries, truncated } = await agent.client.tree();
    expect(truncated).toBe(false);
    expect(entries.map(({ path, kind, size }) => `${path} ${kind} ${size}`)).toEqual([
      '.git folder 0',
      'link link 0',
      'node_modules folder 0',
      'src folder 0',
      'src/deep folder 0',
      'src/deep/a.py file 3',
    ]);
  });

  it('is limited in size, and empty without a project', async () => {
    execFileSync('bash', ['-c', 'mkdir many; cd many; touch $(seq 1 6000); touch ../top'], { cwd: agent.project });
    const { entries, truncated } = await agent.client.tree();
    expect([entries.length, truncated]).toEqual([5000, true]);
    expect(entries.map((entry) => entry.path)).toContain('top');
    await rm(agent.project, { recursive: true });
    expect(await agent.client.tree()).toEqual({ entries: [], truncated: false });
  });

  it('leaves out names that cannot be requested', async () => {
    execFileSync('bash', ['-c', "touch good $'bad\\xff'"], { cwd: agent.project });
    expect((await agent.client.tree()).entries.map((entry) => entry.path)).toEqual(['good']);
  });
});

describe('the watch', () => {
  async function watching(use: (seen: string[]) => Promise<void>): Promise<void> {
    const stop = new AbortController();
    const seen: string[] = [];
    let on: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      on = resolve;
    });
    const watch = agent.client.watchFiles((paths) => {
      on();
      seen.push(...paths);
    }, stop.signal);
    await started;
    try {
      await use(seen);
    } finally {
      stop.abort();
      await watch;
    }
  }
  const until = async (met: () => boolean): Promise<void> => {
    await vi.waitFor(() => expect(met()).toBe(true), { timeout: 10_000 });
  };

  it('reports changes, also deep ones and in new folders, and batches them', async () => {
    await mkdir(at('src/deep'), { recursive: true });
    await watching(async (seen) => {
      await writeFile(at('src/deep/a.py'), 'x');
      await until(() => seen.includes('src/deep/a.py'));
      await mkdir(at('new/er'), { recursive: true });
      await until(() => seen.includes('new'));
      // Until the new folder is watched it is told of as a whole.
      await vi.waitFor(
        async () => {
          await writeFile(at('new/er/b.py'), 'x');
          expect(seen).toContain('new/er/b.py');
        },
        { timeout: 10_000 },
      );
      seen.length = 0;
      await agent.client.writeFile({ path: 'Dockerfile', text: 'FROM x', version: null });
      await until(() => seen.includes('Dockerfile'));
      expect(seen.filter((path) => path.includes('escale'))).toEqual([]);
    });
  });

  it('survives the removal and return of the project', async () => {
    await watching(async (seen) => {
      await rm(agent.project, { recursive: true });
      await until(() => seen.includes('.'));
      seen.length = 0;
      await mkdir(agent.project);
      await until(() => seen.includes('.'));
      await vi.waitFor(
        async () => {
          await writeFile(at('back'), 'x');
          expect(seen).toContain('back');
        },
        { timeout: 10_000 },
      );
    });
  });

  it('reports that anything may have changed instead of thousands of paths', async () => {
    await watching(async (seen) => {
      execFileSync('bash', ['-c', 'seq 1 20000 | xargs touch'], { cwd: agent.project });
      await until(() => seen.includes('.'));
      expect(seen.length).toBeLessThan(20_000);
    });
  });

  it('follows a hard link and a rename', async () => {
    await writeFile(at('a'), 'x');
    await watching(async (seen) => {
      await link(at('a'), at('b'));
      await rename(at('a'), at('c'));
      await until(() => ['a', 'b', 'c'].every((path) => seen.includes(path)));
    });
  });
});
