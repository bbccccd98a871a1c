import type Docker from 'dockerode';
import type { Logger } from 'pino';
import type { Isolation } from '../../contract/lab.ts';
import { createPublicRegistry } from './base/public-registry.ts';
import { createEngineImages } from './build/engine-images.ts';
import { sweepGenerations, sweepVolumes } from './build/sweep-generations.ts';
import { courseImage } from './course/catalogue.ts';
import type { LabImages } from './definitions.ts';
import { readHostSettings } from './host/host-settings.ts';
import type { ImageContext } from './image-context.ts';
import { buildLabImage, labImageName } from './lab/lab-image.ts';
import { STORE_ROLE } from './registry/image-store.ts';
import { chooseContent, type RegistryContent, type ServedRegistry, serveRegistry, supplyImage } from './registry/lab-registry.ts';
import { listImages, servedImages } from './registry/list-images.ts';
import { stopContainer } from './registry/registry-container.ts';
import { registryNames } from './registry/registry-names.ts';
import { createTurns } from './turns.ts';

/** In the order of removal: an image before the one it is built on. */
const LAB_ROLES = ['lab', 'lab-base', 'lab-root', 'gate'];
/** Younger images may belong to another checkout in use. */
const OLD_MS = 24 * 3600 * 1000;

export interface LabImagesOptions {
  readonly docker: Docker;
  /** Absolute path of the state folder. */
  readonly instance: string;
  readonly repoRoot: string;
  /** The isolation that the lab image is built for. */
  readonly isolation: Isolation;
  /** Whether packages may be installed on this machine if a build needs them. */
  readonly mayInstall: boolean;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Prepares images on the host's engine, through its API only. */
export function createLabImages({ docker, instance, repoRoot, isolation, mayInstall, log }: LabImagesOptions): LabImages {
  const images = createEngineImages(docker);
  const registry = createPublicRegistry(docker);
  const names = registryNames(instance);
  // One build at a time: a second request for the same image waits and then finds it.
  const turns = createTurns();
  // Images of the course have their own queue, so that a lab never waits for an image of a later lesson.
  const courseTurns = createTurns();
  let content: RegistryContent | null = null;
  const context = async (): Promise<ImageContext> => ({ docker, images, registry, repoRoot, mayInstall, host: await readHostSettings() });
  const serve = async (what: RegistryContent, progress: (line: string) => void, signal: AbortSignal): Promise<ServedRegistry> => {
    content = what;
    return serveRegistry(await context(), names, what, progress, signal);
  };
  return {
    labImage(progress, signal) {
      return turns.take(async () => {
        const begin = Date.now();
        const reference = await buildLabImage(await context(), isolation, progress, signal);
        const swept = await sweepGenerations(docker, LAB_ROLES, OLD_MS, reference);
        if (swept.length > 0) log.info({ swept }, 'old lab images removed');
        log.info({ reference, tookMs: Date.now() - begin }, 'lab image ready');
        return reference;
      });
    },
    async findLabImage() {
      const name = await labImageName(await context(), isolation);
      return (await images.has(name)) ? name : null;
    },
    registry(progress, signal) {
      return turns.take(async () => {
        const begin = Date.now();
        const what = await chooseContent(await context(), signal);
        const { address } = await serve(what, progress, signal);
        const swept = what.kind === 'filled' ? await sweepVolumes(docker, STORE_ROLE, OLD_MS, what.store) : [];
        if (swept.length > 0) log.info({ swept }, 'old image stores removed');
        log.info({ address, content: what.kind, tookMs: Date.now() - begin }, 'registry ready');
        return address;
      });
    },
    courseImage(name, progress, signal) {
      return courseTurns.take(async () => {
        const begin = Date.now();
        const prepared = await context();
        // The same content as chosen for the running labs: they were told whether the public registry answers.
        const served = await turns.take(async () => serve(content ?? (await chooseContent(prepared, signal)), progress, signal));
        await supplyImage(prepared, names, served, courseImage(name), progress, signal);
        log.info({ name, tookMs: Date.now() - begin }, 'course image ready');
      });
    },
    publicRegistry: () => content === null || content.kind === 'pull-through' || content.with === 'official',
    stopRegistry: () => stopContainer(docker, names.container),
    served: () => servedImages(docker, names),
    list: () => listImages(docker, names),
  };
}
