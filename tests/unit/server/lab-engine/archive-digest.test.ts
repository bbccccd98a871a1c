import tar from 'tar-stream';
import { expect, it } from 'vitest';
import { archiveDigest } from '../../../../server/lab-engine/archive-digest.ts';

type Entry = readonly [name: string, content: string, header?: object];

const IGNORED = /(^|\/)__pycache__\//;
const digest = (...entries: Entry[]) => archiveDigest(packed(entries), IGNORED);

function packed(entries: readonly Entry[]): tar.Pack {
  const pack = tar.pack();
  for (const [name, content, header] of entries) pack.entry({ name, mode: 0o644, ...header }, content);
  pack.finalize();
  return pack;
}

it('is the same for the same contents, whatever their times and order, and what is ignored', async () => {
  const one = await digest(['src/a.py', 'a'], ['src/b.py', 'b']);
  const later = { mtime: new Date(0) };
  expect(await digest(['src/b.py', 'b', later], ['src/a.py', 'a', later], ['src/__pycache__/a.pyc', 'x'])).toBe(one);
});

it.each<[string, Entry]>([
  ['a content', ['src/a.py', 'A']],
  ['a name', ['src/c.py', 'a']],
  ['permissions', ['src/a.py', 'a', { mode: 0o600 }]],
  ['an owner', ['src/a.py', 'a', { uid: 1000 }]],
])('changes with %s', async (_, changed) => {
  expect(await digest(changed)).not.toBe(await digest(['src/a.py', 'a']));
});

it.each([
  ['more bytes', { bytes: 5, entries: 10 }],
  ['more entries', { bytes: 100, entries: 1 }],
])('is nothing for an archive with %s than the limit', async (_, limits) => {
  const entries: Entry[] = [
    ['src/a.py', 'abc'],
    ['src/b.py', 'def'],
  ];
  expect(await archiveDigest(packed(entries), IGNORED, limits)).toBeNull();
  expect(await archiveDigest(packed(entries), IGNORED)).not.toBeNull();
});
