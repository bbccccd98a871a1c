import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import type { AstroIntegration } from 'astro';

const compress = promisify(brotliCompress);
/** File types worth compressing; fonts and the search files are compressed already. */
const TEXT = /\.(html|js|css|svg|json|txt|xml)$/;
/** Smaller files fit into one packet anyway. */
const SMALLEST_BYTES = 1024;

/** Writes a Brotli version, `<file>.br`, beside each text file of the built site. The server sends it to clients that accept Brotli. */
export function compressedFiles(): AstroIntegration {
  return {
    name: 'escale-compressed-files',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const names = (await readdir(root, { recursive: true })).filter((name) => TEXT.test(name));
        const written = await Promise.all(names.map((name) => compressFile(join(root, name))));
        logger.info(`${written.filter(Boolean).length} files compressed`);
      },
    },
  };
}

async function compressFile(path: string): Promise<boolean> {
  const bytes = await readFile(path);
  if (bytes.length < SMALLEST_BYTES) return false;
  await writeFile(`${path}.br`, await compress(bytes));
  return true;
}
