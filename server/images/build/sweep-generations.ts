import type Docker from 'dockerode';
import { z } from 'zod';
import { isAbsent, isConflict } from '../../host/engine-errors.ts';
import { IMAGE_LABEL } from './engine-images.ts';

/**
 * Removes images of these roles that are older than `ageMs` and have a newer image of the same role. Keeps `keep` (which need not be the
 * newest), and images used by a container or another image. Returns the names. A checkout whose image is removed builds it again.
 */
export async function sweepGenerations(docker: Docker, roles: readonly string[], ageMs: number, keep: string): Promise<string[]> {
  const swept: string[] = [];
  for (const role of roles) {
    const images = await docker.listImages({ filters: { label: [`${IMAGE_LABEL}=${role}`] } });
    const named = images.filter(({ RepoTags }) => RepoTags?.length).sort((a, b) => b.Created - a.Created);
    const limit = (Date.now() - ageMs) / 1000;
    for (const { RepoTags = [] } of named.slice(1).filter(({ Created }) => Created < limit)) {
      for (const name of RepoTags) if (name !== keep && (await removed(docker.getImage(name)))) swept.push(name);
    }
  }
  return swept;
}

const volumesSchema = z.array(z.object({ Name: z.string(), CreatedAt: z.string().transform((text) => Date.parse(text)) }));

/** The same for the volumes of a role. */
export async function sweepVolumes(docker: Docker, role: string, ageMs: number, keep: string): Promise<string[]> {
  const { Volumes } = await docker.listVolumes({ filters: { label: [`${IMAGE_LABEL}=${role}`] } });
  const newestFirst = volumesSchema.parse(Volumes ?? []).sort((a, b) => b.CreatedAt - a.CreatedAt);
  const swept: string[] = [];
  for (const { Name, CreatedAt } of newestFirst.slice(1))
    if (CreatedAt < Date.now() - ageMs && Name !== keep && (await removed(docker.getVolume(Name)))) swept.push(Name);
  return swept;
}

async function removed(one: { remove: () => Promise<unknown> }): Promise<boolean> {
  try {
    await one.remove();
    return true;
  } catch (error) {
    if (isConflict(error) || isAbsent(error)) return false;
    throw error;
  }
}
