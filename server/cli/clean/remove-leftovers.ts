import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import type { Leftover } from './leftovers.ts';

/** Removes objects in the order of their dependencies. Objects that no longer exist are skipped. */
export async function removeObjects(docker: Docker, objects: readonly Leftover[], signal: AbortSignal): Promise<void> {
  for (const kind of ['container', 'network', 'volume', 'image'] as const) {
    for (const { id } of objects.filter((object) => object.kind === kind)) {
      signal.throwIfAborted();
      await remove(docker, kind, id).catch(ignoreAbsent);
    }
  }
}

function remove(docker: Docker, kind: Leftover['kind'], id: string): Promise<unknown> {
  switch (kind) {
    case 'container':
      return docker.getContainer(id).remove({ force: true, v: true });
    case 'network':
      return docker.getNetwork(id).remove();
    case 'volume':
      return docker.getVolume(id).remove({ force: true });
    case 'image':
      return docker.getImage(id).remove({ force: true });
  }
}

function ignoreAbsent(error: unknown): void {
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return;
  throw error;
}

/** The files that Escale creates in a state folder. Anything else in it is kept. */
const OURS =
  /^(escale\.(db(-wal|-shm)?|log(\.1)?)|lock\.db(-journal)?(\.holder)?|server\.json(\.\d+)?|config\.json|archives|registry|trials)$/;

export function removeStateFolder(folder: string): void {
  for (const name of readdirSync(folder)) if (OURS.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
