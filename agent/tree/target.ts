import { chown, lstat, mkdir } from 'node:fs/promises';
import { posix } from 'node:path';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';

/** The absolute path of a folder strictly under the home; `path` absolute or relative to the home, default the project. */
export function folderUnderHome(config: AgentConfig, path: string | null): string {
  if (path === null) return config.project;
  if (path.includes('\0') || path.length > 1024 || path.split('/').includes('..')) throw errors.treeTarget(path);
  const full = posix.resolve(config.home, path);
  if (!full.startsWith(`${config.home}/`) || full === stagingRoot(config) || full.startsWith(`${stagingRoot(config)}/`))
    throw errors.treeTarget(path);
  return full;
}

/** Where archives are unpacked first: on the same volume as the home, so that files only have to be renamed. */
export function stagingRoot(config: AgentConfig): string {
  return `${config.home}/.escale-staging`;
}

/** Makes the folders above `target`, owned by the learner; refuses a link on the way. */
export async function makeWay(config: AgentConfig, target: string): Promise<void> {
  const segments = target.slice(config.home.length + 1).split('/');
  for (let depth = 1; depth < segments.length; depth += 1) {
    const folder = `${config.home}/${segments.slice(0, depth).join('/')}`;
    if (await isFolder(folder)) continue;
    await mkdir(folder, 0o755);
    await chown(folder, config.uid, config.gid);
  }
}

/** False where nothing is. Throws where something else than a folder is. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isDirectory()) return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  throw errors.treeTarget(path);
}
