import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, whatever the working directory. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Downloads and other data of the preparation; safe to delete. */
export const TOOLCHAIN = join(ROOT, '.toolchain');

/** Node's compile cache for the project's files; safe to delete. */
export const COMPILE_CACHE = join(TOOLCHAIN, 'compiled');
