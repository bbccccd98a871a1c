import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash, contextFile, contextFolder, packContext } from '../../../../../server/images/build/build-context.ts';

describe('contentHash', () => {
  const files = [contextFile('a', '1'), contextFile('b/c', '2', 0o755)];

  it('does not depend on the order of the files', () => {
    expect(contentHash(files)).toBe(contentHash([...files].reverse()));
    expect(contentHash(files)).toMatch(/^[0-9a-f]{12}$/);
  });

  it.each([
    ['a byte of a file', [contextFile('a', '3'), contextFile('b/c', '2', 0o755)], []],
    ['a name', [contextFile('a2', '1'), contextFile('b/c', '2', 0o755)], []],
    ['a mode', [contextFile('a', '1'), contextFile('b/c', '2')], []],
    ['where one file ends and the next begins', [contextFile('a', '1b/c'), contextFile('', '2', 0o755)], []],
    ['another input', files, ['x']],
  ])('changes with %s', (_, changed, inputs) => {
    expect(contentHash(changed, inputs)).not.toBe(contentHash(files));
  });

  it('distinguishes two inputs from their concatenation', () => {
    expect(contentHash([], ['ab', 'c'])).not.toBe(contentHash([], ['a', 'bc']));
  });
});

describe('contextFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'escale-context-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('lists files with the prefix, dot files included, keeping only the executable bit', async () => {
    await mkdir(join(folder, 'etc/skel'), { recursive: true });
    await writeFile(join(folder, 'etc/skel/.bashrc'), 'x', { mode: 0o600 });
    await writeFile(join(folder, 'run'), '#!');
    await chmod(join(folder, 'run'), 0o700);
    expect(await contextFolder(folder, 'root')).toEqual([contextFile('root/etc/skel/.bashrc', 'x'), contextFile('root/run', '#!', 0o755)]);
    expect((await contextFolder(folder, '')).map((file) => file.path)).toEqual(['etc/skel/.bashrc', 'run']);
  });

  it('finds nothing in a missing folder', async () => {
    expect(await contextFolder(join(folder, 'none'), '')).toEqual([]);
  });
});

describe('packContext', () => {
  it('packs those files as a tar for the engine', async () => {
    const tar = packContext([contextFile('bin/run', 'hello', 0o755)]).pipe(extract());
    const seen: unknown[] = [];
    for await (const entry of tar) seen.push([entry.header.name, entry.header.mode, (await buffer(entry)).toString()]);
    expect(seen).toEqual([['bin/run', 0o755, 'hello']]);
  });
});
