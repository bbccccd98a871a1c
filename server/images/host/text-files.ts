import { readFile } from 'node:fs/promises';

/** The file's text, or null when it does not exist or cannot be read. */
export async function readTextOrNull(path: string): Promise<string | null> {
  return (await readBytesOrNull(path))?.toString('utf8') ?? null;
}

/** The file's bytes, or null when it does not exist or cannot be read. */
export async function readBytesOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'].includes(String(error.code))) return null;
    throw error;
  }
}

export function hasCredentials(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && (parsed.username !== '' || parsed.password !== '');
}
