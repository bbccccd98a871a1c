import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { expect, it } from 'vitest';
import { packProject } from '../../../../server/projects/pack-project.ts';
import type { ProjectEntry } from '../../../../server/projects/project.ts';
import { unpackProject } from '../../../../server/projects/unpack-project.ts';

const file = (text: string, mode = 0o644) => ({ kind: 'file', mode, content: Buffer.from(text) }) as const;
const all = { keep: () => true, maxBytes: 1000 };

function archive(entries: readonly (Partial<tar.Header> & { name: string; text?: string })[]): Readable {
  const pack = tar.pack();
  for (const { text = '', ...header } of entries) pack.entry(header, text);
  pack.finalize();
  return Readable.from(pack);
}

it('reads what was packed: folders, modes, links', async () => {
  const project = new Map<string, ProjectEntry>([
    ['src', { kind: 'folder', mode: 0o755 }],
    ['src/run.sh', file('#!/bin/sh\n', 0o755)],
    ['.env', file('A=1\n')],
    ['link', { kind: 'link', target: 'src/run.sh' }],
  ]);
  expect(await unpackProject(packProject(project), all)).toEqual(new Map([...project].sort(([one], [other]) => (one < other ? -1 : 1))));
});

it('reads names as an agent gives them, and a second name of a file', async () => {
  const sent = archive([
    { name: './' },
    { name: './a.txt', text: 'x' },
    { name: './b.txt', type: 'link', linkname: './a.txt' },
    { name: './pipe', type: 'fifo' },
  ]);
  const project = await unpackProject(sent, all);
  expect([...project.keys()]).toEqual(['a.txt', 'b.txt']);
  expect(project.get('b.txt')).toEqual(project.get('a.txt'));
});

it('does not hold what is left out, and refuses what is too much', async () => {
  const sent = () =>
    archive([
      { name: 'data/big', text: 'x'.repeat(5000) },
      { name: 'a', text: 'x' },
    ]);
  expect([...(await unpackProject(sent(), { ...all, keep: (path) => !path.startsWith('data') })).keys()]).toEqual(['a']);
  await expect(unpackProject(sent(), all)).rejects.toMatchObject({ code: 'project.too-large' });
});

it.each([
  [{ name: '../x' }, 'project.path-outside'],
  [{ name: '/etc/x' }, 'project.path-outside'],
  [{ name: 'x', type: 'symlink', linkname: '/etc/passwd' } as const, 'project.link-outside'],
])('refuses what leads out of the project: %j', async (entry, code) => {
  await expect(unpackProject(archive([entry]), all)).rejects.toMatchObject({ code });
});

it('fails with an archive that breaks off', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.alloc(10);
      throw new Error('cut');
    })(),
  );
  await expect(unpackProject(broken, all)).rejects.toThrow('cut');
});
