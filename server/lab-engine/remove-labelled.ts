import type Docker from 'dockerode';
import { ask } from './ask.ts';

/** Removes every container with a label, whatever its state, and says how many there were. */
export async function removeLabelled(docker: Docker, label: string): Promise<number> {
  const left = await ask(docker.listContainers({ all: true, filters: { label: [label] } }));
  for (const { Id } of left) await remove(docker.getContainer(Id));
  return left.length;
}

/** Gone already, or on its way out: both are what was wanted. */
export async function remove(container: Docker.Container): Promise<void> {
  await ask(container.remove({ force: true, v: true }), { absent: null, also: [409] });
}
