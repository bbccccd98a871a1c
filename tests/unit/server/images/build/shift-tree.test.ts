import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract, type Header, pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { appendTree, LAB_ID_BASE, placeHeader, type TreeHeader } from '../../../../../server/images/build/shift-tree.ts';

const place = { prefix: 'lab-root/', idShift: LAB_ID_BASE };

/** Packs the entries, passes them through `appendTree`, and reads the result. */
async function shifted(entries: readonly (readonly [TreeHeader, string?])[]): Promise<Map<string, { header: Header; text: string }>> {
  const source = pack();
  for (const [header, text] of entries) source.entry(header, text ?? '');
  source.finalize();
  const output = pack();
  const written = appendTree(Readable.from(source), output, place).then(() => output.finalize());
  const result = new Map<string, { header: Header; text: string }>();
  for await (const entry of output.pipe(extract())) {
    result.set(entry.header.name, { header: entry.header, text: (await buffer(entry)).toString() });
  }
  await written;
  return result;
}

describe('appendTree', () => {
  it('changes names and owners, keeps modes, times, content and links', async () => {
    const mtime = new Date('2025-03-04T05:06:07Z');
    const tree = await shifted([
      [{ name: 'usr/bin/', type: 'directory', mode: 0o755, uid: 0, gid: 0 }],
      [{ name: 'usr/bin/sudo', mode: 0o4755, uid: 0, gid: 0, mtime }, 'set-uid'],
      [{ name: 'home/dataeng/.bashrc', mode: 0o644, uid: 1000, gid: 1000, uname: 'dataeng', gname: 'dataeng' }, 'rc'],
      [{ name: 'bin', type: 'symlink', linkname: 'usr/bin' }],
      [{ name: 'usr/bin/su2', type: 'link', linkname: 'usr/bin/sudo' }],
    ]);
    expect(tree.get('lab-root/usr/bin/sudo')).toMatchObject({
      header: { mode: 0o4755, uid: 100_000, gid: 100_000, mtime },
      text: 'set-uid',
    });
    expect(tree.get('lab-root/home/dataeng/.bashrc')).toMatchObject({ header: { uid: 101_000, gid: 101_000, uname: '' }, text: 'rc' });
    expect(tree.get('lab-root/bin')?.header).toMatchObject({ type: 'symlink', linkname: 'usr/bin' });
    expect(tree.get('lab-root/usr/bin/su2')?.header).toMatchObject({ type: 'link', linkname: 'lab-root/usr/bin/sudo' });
    expect(tree.get('lab-root/usr/bin/')?.header.type).toBe('directory');
  });

  it('keeps long names and large files complete', async () => {
    const long = `usr/${'d'.repeat(90)}/${'e'.repeat(90)}/é`;
    const text = 'x'.repeat(3_000_000);
    const tree = await shifted([[{ name: long }, text]]);
    expect(tree.get(`lab-root/${long}`)?.text.length).toBe(text.length);
  });

  it('fails when the tree is truncated', async () => {
    const source = pack();
    source.entry({ name: 'a' }, 'x'.repeat(100_000));
    source.finalize();
    const whole = await buffer(source);
    const cut = async function* () {
      yield whole.subarray(0, 50_000);
      throw new Error('cut');
    };
    const output = pack();
    const results = await Promise.allSettled([appendTree(Readable.from(cut()), output, place), buffer(output)]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });
});

describe('placeHeader', () => {
  it.each(['.dockerenv', 'dev/console', 'proc/1/x', 'sys/fs', './'])('leaves out %s', (name) => {
    expect(placeHeader({ name }, place)).toBeNull();
  });

  it('leaves out devices, and keeps the folders that serve as mount points', () => {
    expect(placeHeader({ name: 'x', type: 'block-device' }, place)).toBeNull();
    expect(placeHeader({ name: './dev/', type: 'directory' }, place)?.name).toBe('lab-root/dev/');
  });

  it('drops extended attributes, which have no effect in the lab', () => {
    const header = placeHeader({ name: 'usr/bin/x', pax: { 'SCHILY.xattr.security.capability': 'v2' } }, place);
    expect(header).not.toHaveProperty('pax');
  });
});
