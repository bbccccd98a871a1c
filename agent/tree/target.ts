import { chown, lstat, mkdir } from 'node:fs/promises';
import { posix } from 'node:path';
import type { AgentConfig } from '../config.ts';
import { errorCode, errors } from '../errors.ts';

/** The absolute path of a folder strictly below the home. `path` is absolute or relative to the home; default: the project. */
export function folderUnderHome(config: AgentConfig, path: string | null): string {
  if (path === null) return config.project;
  if (path.includes('\0') || path.length > 1024 || path.split('/').includes('..')) throw errors.treeTarget(path);
  const full = posix.resolve(config.home, path);
  if (!full.startsWith(`${config.home}/`) || full === stagingRoot(config) || full.startsWith(`${stagingRoot(config)}/`))
    throw errors.treeTarget(path);
  return full;
}

/** The folder where archives are unpacked first. It is on the same volume as the home, so that files only need renaming. */
export function stagingRoot(config: AgentConfig): string {
  return `${config.home}/.escale-staging`;
}

/** Creates the parent folders of `target`, owned by the learner; refuses links among them. */
export async function makeWay(config: AgentConfig, target: string): Promise<void> {
  const segments = target.slice(config.home.length + 1).split('/');
  for (let depth = 1; depth < segments.length; depth += 1) {
    const folder = `${config.home}/${segments.slice(0, depth).join('/')}`;
    if (await isFolder(folder)) continue;
    await mkdir(folder, 0o755);
    await chown(folder, config.uid, config.gid);
  }
}

/** False where nothing exists. Throws where something other than a folder exists. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isDirectory()) return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  throw errors.treeTarget(path);
}
