import Docker from 'dockerode';
import { z } from 'zod';

/** What the lab's engine says is bounded: the learner may have put anything in its place. */
const MANY = 5000;
const idsSchema = z.array(z.object({ Id: z.string().max(200) })).max(MANY);
const volumesSchema = z.object({
  Volumes: z
    .array(z.object({ Name: z.string().max(300) }))
    .max(MANY)
    .nullable(),
});

/** Removes every container, network, volume, image and build cache of a lab's engine. What is gone meanwhile is as good as removed. */
export async function emptyEngine(options: Docker.DockerOptions, abortSignal: AbortSignal): Promise<void> {
  const engine = new Docker({ protocol: 'http', ...options });
  const containers = idsSchema.parse(await engine.listContainers({ all: true, abortSignal }));
  await each(containers, ({ Id }) => engine.getContainer(Id).remove({ force: true, v: true, abortSignal }));
  await engine.pruneNetworks({ abortSignal });
  const volumes = volumesSchema.parse(await engine.listVolumes({ abortSignal }));
  await each(volumes.Volumes ?? [], ({ Name }) => engine.getVolume(Name).remove({ force: true, abortSignal }));
  const images = idsSchema.parse(await engine.listImages({ all: false, abortSignal }));
  await each(images, ({ Id }) => engine.getImage(Id).remove({ force: true, abortSignal }));
  await engine.pruneBuilder({ abortSignal });
}

async function each<T>(items: readonly T[], remove: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of items) {
    try {
      await remove(item);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && (error.statusCode === 404 || error.statusCode === 409);
}
