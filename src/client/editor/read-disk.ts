import type { FileContent } from '../../../contract/files.ts';
import { type Files, FilesError } from './definitions.ts';

/** The file on disk. Null: it does not exist; undefined: unknown for now. */
export async function readDisk(files: Files, path: string): Promise<FileContent | null | undefined> {
  try {
    return await files.read(path);
  } catch (error) {
    return error instanceof FilesError && (error.code === 'file.not-found' || error.code === 'file.not-a-file') ? null : undefined;
  }
}
