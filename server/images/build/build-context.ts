import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Pack, pack } from 'tar-stream';

/** A file of a build context. The mode is 644 or 755 only, so that the umask of the checkout does not change an image. */
export interface ContextFile {
  readonly path: string;
  readonly mode: 0o644 | 0o755;
  readonly data: Buffer;
}

export function contextFile(path: string, data: string | Buffer, mode: 0o644 | 0o755 = 0o644): ContextFile {
  return { path, mode, data: typeof data === 'string' ? Buffer.from(data) : data };
}

/** Every file under `folder`, as `prefix/…`, in a stable order. Empty if the folder does not exist. */
export async function contextFolder(folder: string, prefix: string): Promise<ContextFile[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (file) => {
      const path = join(prefix, relative(folder, file)).replaceAll('\\', '/');
      const executable = ((await stat(file)).mode & 0o100) !== 0;
      return contextFile(path, await readFile(file), executable ? 0o755 : 0o644);
    }),
  );
}

/** A hash of twelve hexadecimal digits over files, modes and other inputs. */
export function contentHash(files: readonly ContextFile[], inputs: readonly string[] = []): string {
  const hash = createHash('sha256');
  const add = (value: string | Buffer): void => {
    hash.update(`${Buffer.byteLength(value)}:`);
    hash.update(value);
  };
  inputs.forEach(add);
  hash.update('|');
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    add(file.path);
    add(file.mode.toString(8));
    add(file.data);
  }
  return hash.digest('hex').slice(0, 12);
}

/** The context as a tar, for the engine's build API. */
export function packContext(files: readonly ContextFile[]): Pack {
  const tar = pack();
  for (const file of files) {
    tar.entry({ name: file.path, mode: file.mode, mtime: new Date(0) }, file.data);
  }
  tar.finalize();
  return tar;
}
