import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { hostEnvironment } from '../host/host-environment.ts';

/** Whether a program of that name is on the path, or in the folders for root that some paths lack. */
export async function commandExists(name: string): Promise<boolean> {
  const folders = [...(hostEnvironment().PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const found = await Promise.allSettled(folders.map((folder) => access(join(folder, name), constants.X_OK)));
  return found.some((one) => one.status === 'fulfilled');
}
