import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { hostEnvironment } from '../host/host-environment.ts';

/** Whether the program is on the PATH, or in root's program folders, which some PATHs lack. */
export async function commandExists(name: string): Promise<boolean> {
  const folders = [...(hostEnvironment().PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const found = await Promise.allSettled(folders.map((folder) => access(join(folder, name), constants.X_OK)));
  return found.some((one) => one.status === 'fulfilled');
}
