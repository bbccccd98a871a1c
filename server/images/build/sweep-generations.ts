import type Docker from 'dockerode';
import { z } from 'zod';
import { isAbsent, isConflict } from '../../host/engine-errors.ts';
import { IMAGE_LABEL, MADE_LABEL } from './engine-images.ts';

/**
 * Removes images of these roles that are older than `ageMs` and have a newer image of the same role. Keeps `keep` (which need not be the
 * newest), and images used by a container or another image. Returns the names. A checkout whose image is removed builds it again.
 */
export async function sweepGenerations(docker: Docker, roles: readonly string[], ageMs: number, keep: string): Promise<string[]> {
  const swept: string[] = [];
  for (const role of roles) {
    const images = await docker.listImages({ filters: { label: [`${IMAGE_LABEL}=${role}`] } });
    const newestFirst = images.filter(({ RepoTags }) => RepoTags?.length).sort((a, b) => madeAt(b) - madeAt(a));
    const limit = Date.now() - ageMs;
    for (const { RepoTags = [] } of newestFirst.slice(1).filter((image) => madeAt(image) < limit)) {
      for (const name of RepoTags) if (name !== keep && (await removed(docker.getImage(name)))) swept.push(name);
    }
  }
  return swept;
}

/** In milliseconds. */
function madeAt({ Labels, Created }: Pick<Docker.ImageInfo, 'Labels' | 'Created'>): number {
  return Date.parse(Labels[MADE_LABEL] ?? '') || Created * 1000;
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

/** Removes an image or a volume; false where it is in use or gone already. */
export async function removed(one: { remove: () => Promise<unknown> }): Promise<boolean> {
  try {
    await one.remove();
    return true;
  } catch (error) {
    if (isConflict(error) || isAbsent(error)) return false;
    throw error;
  }
}
