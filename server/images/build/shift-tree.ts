import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header, type Pack } from 'tar-stream';

/** First id of the lab's user namespace on the host: the lab's root has this uid there. */
export const LAB_ID_BASE = 100_000;

/** The place of a root file system in the new tar, and the shift of its owners. */
export interface TreePlace {
  /** `lab-root/`, or empty for the top. */
  readonly prefix: string;
  readonly idShift: number;
}

/** The fields of a tar header that are used here. */
export type TreeHeader = Partial<Header> & Pick<Header, 'name'>;

/** Files that the engine adds to an exported container, or creates when one starts. */
const DROPPED = /^(\.dockerenv|(dev|proc|sys)\/.+)$/;

/**
 * The header of an exported file at its new place, or null if it is left out. Modes (set-uid bits included), times and links are kept.
 * Extended attributes are dropped: file capabilities written outside the lab's namespace have no effect inside, and ping does not need them
 * there.
 */
export function placeHeader(header: TreeHeader, place: TreePlace): TreeHeader | null {
  const name = header.name.replace(/^(\.?\/)+/, '');
  if (name === '' || DROPPED.test(name) || header.type === 'character-device' || header.type === 'block-device') return null;
  const { pax: _, ...rest } = header;
  const hardLink = header.type === 'link' && header.linkname ? { linkname: place.prefix + header.linkname.replace(/^(\.?\/)+/, '') } : {};
  return {
    ...rest,
    ...hardLink,
    name: place.prefix + name,
    uid: (header.uid ?? 0) + place.idShift,
    gid: (header.gid ?? 0) + place.idShift,
    uname: '',
    gname: '',
  };
}

/** Appends an exported root file system to `output`, at its place. */
export async function appendTree(tree: Readable, output: Pack, place: TreePlace): Promise<void> {
  const input = extract();
  const copied = (async () => {
    for await (const entry of input) {
      const header = placeHeader(entry.header, place);
      if (header === null || header.type !== 'file') {
        entry.resume();
        if (header !== null) output.entry(header);
        continue;
      }
      await pipeline(entry, output.entry(header));
    }
  })();
  await Promise.all([pipeline(tree, input), copied]);
}
