import { createHash } from 'node:crypto';
import tar from 'tar-stream';

/** Maximum size of an archive that is digested: a virtual environment fits, a whole distribution may not. */
const LIMITS = { bytes: 256 * 1024 * 1024, entries: 30_000 };

/** A stream of the engine's, or of a test's. */
interface Pipeable {
  on(event: 'error', listener: () => void): unknown;
  pipe(destination: tar.Extract): unknown;
}

/** Digest of an archive's entries in the order of their names: names, kinds, permissions, owners and contents, never times. Null if it is too large. */
export async function archiveDigest(archive: Pipeable, ignored: RegExp, limits = LIMITS): Promise<string | null> {
  const extract = tar.extract();
  // The stream may be closed early. Its error about that does not matter.
  archive.on('error', () => extract.destroy());
  archive.pipe(extract);
  const rows: string[] = [];
  let left = limits.bytes;
  for await (const entry of extract) {
    const { name, type, mode, uid, gid, linkname } = entry.header;
    const hash = createHash('sha256');
    for await (const chunk of entry) {
      if (!(chunk instanceof Uint8Array)) continue;
      left -= chunk.length;
      if (left < 0) return null;
      hash.update(chunk);
    }
    if (ignored.test(name)) continue;
    rows.push(JSON.stringify([name, type, mode, uid, gid, linkname ?? '', hash.digest('hex')]));
    if (rows.length > limits.entries) return null;
  }
  return createHash('sha256').update(rows.sort().join('\n')).digest('hex');
}
