import Docker from 'dockerode';
import { z } from 'zod';

/** Answers are limited in size: the learner may have replaced the engine. */
const MANY = 5000;
const idsSchema = z.array(z.object({ Id: z.string().max(200) })).max(MANY);
const volumesSchema = z.object({
  Volumes: z
    .array(z.object({ Name: z.string().max(300) }))
    .max(MANY)
    .nullable(),
});

/** Told of each group of objects before it is removed: containers are `stop`, all else is `empty`. */
type Tell = (step: 'stop' | 'empty', detail: string) => void;

/** Removes every container, network, volume, image and build cache of a lab's engine. Objects that disappear meanwhile count as removed. */
export async function emptyEngine(options: Docker.DockerOptions, abortSignal: AbortSignal, tell: Tell): Promise<void> {
  const engine = new Docker({ protocol: 'http', ...options });
  const containers = idsSchema.parse(await engine.listContainers({ all: true, abortSignal }));
  await each(
    containers,
    (n, of) => tell('stop', `conteneur ${n} sur ${of}`),
    ({ Id }) => engine.getContainer(Id).remove({ force: true, v: true, abortSignal }),
  );
  tell('empty', 'réseaux');
  await engine.pruneNetworks({ abortSignal });
  const volumes = volumesSchema.parse(await engine.listVolumes({ abortSignal }));
  await each(
    volumes.Volumes ?? [],
    (n, of) => tell('empty', `volume ${n} sur ${of}`),
    ({ Name }) => engine.getVolume(Name).remove({ force: true, abortSignal }),
  );
  const images = idsSchema.parse(await engine.listImages({ all: false, abortSignal }));
  await each(
    images,
    (n, of) => tell('empty', `image ${n} sur ${of}`),
    ({ Id }) => engine.getImage(Id).remove({ force: true, abortSignal }),
  );
  tell('empty', 'cache de construction');
  await engine.pruneBuilder({ abortSignal });
}

async function each<T>(items: readonly T[], before: (n: number, of: number) => void, remove: (item: T) => Promise<unknown>): Promise<void> {
  for (const [index, item] of items.entries()) {
    before(index + 1, items.length);
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
