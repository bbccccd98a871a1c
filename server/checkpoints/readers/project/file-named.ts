import { posix } from 'node:path';
import type { LabView } from '../../definitions.ts';

/** The project's file with the same name as this path of an image; undefined if it has none. */
export async function fileNamed(view: LabView, path: string): Promise<string | undefined> {
  const name = posix.basename(path);
  return (await view.entries()).find((entry) => name !== '' && posix.basename(entry.path) === name)?.path;
}
