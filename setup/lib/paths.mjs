import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, wherever the command was called from. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the preparation downloads and remembers for itself; safe to delete. */
export const TOOLCHAIN = join(ROOT, '.toolchain');

/** What Node made of the project's files; safe to delete. */
export const COMPILE_CACHE = join(TOOLCHAIN, 'compiled');
