import type Docker from 'dockerode';
import type { Logger } from 'pino';
import { createPublicRegistry } from './base/public-registry.ts';
import { createEngineImages } from './build/engine-images.ts';
import { sweepGenerations } from './build/sweep-generations.ts';
import type { LabImages } from './definitions.ts';
import { readHostSettings } from './host/host-settings.ts';
import type { ImageContext } from './image-context.ts';
import { buildLabImage, labImageName } from './lab/lab-image.ts';
import { chooseContent, serveRegistry } from './registry/lab-registry.ts';
import { listImages } from './registry/list-images.ts';
import { stopContainer } from './registry/registry-container.ts';
import { registryNames } from './registry/registry-names.ts';
import { createTurns } from './turns.ts';

/** In the order they can go: an image before what it stands on. */
const LAB_ROLES = ['lab', 'lab-base', 'lab-root', 'gate'];
/** Younger ones may belong to another checkout that is being worked on. */
const OLD_MS = 24 * 3600 * 1000;

export interface LabImagesOptions {
  readonly docker: Docker;
  /** Absolute path of the state folder. */
  readonly instance: string;
  readonly repoRoot: string;
  /** Packages may be installed on this machine, where building takes them. */
  readonly mayInstall: boolean;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Prepares images on the host's engine, through its API alone. */
export function createLabImages({ docker, instance, repoRoot, mayInstall, log }: LabImagesOptions): LabImages {
  const images = createEngineImages(docker);
  const registry = createPublicRegistry(docker);
  const names = registryNames(instance);
  // One at a time: whoever asks for what is being built gets it when it is there.
  const turns = createTurns();
  let publicAnswered = true;
  const context = async (): Promise<ImageContext> => ({ docker, images, registry, repoRoot, mayInstall, host: await readHostSettings() });
  return {
    labImage(progress, signal) {
      return turns.take(async () => {
        const begin = Date.now();
        const reference = await buildLabImage(await context(), progress, signal);
        const swept = await sweepGenerations(docker, LAB_ROLES, OLD_MS, reference);
        if (swept.length > 0) log.info({ swept }, 'old lab images removed');
        log.info({ reference, tookMs: Date.now() - begin }, 'lab image ready');
        return reference;
      });
    },
    async findLabImage() {
      const name = await labImageName(await context());
      return (await images.has(name)) ? name : null;
    },
    registry(progress, signal) {
      return turns.take(async () => {
        const begin = Date.now();
        const prepared = await context();
        publicAnswered = await registry.reachable(signal);
        const content = await chooseContent(prepared, progress, signal);
        const address = await serveRegistry(prepared, names, content, progress, signal);
        log.info({ address, content: content.kind, tookMs: Date.now() - begin }, 'registry ready');
        return address;
      });
    },
    publicRegistry: () => publicAnswered,
    stopRegistry: () => stopContainer(docker, names.container),
    list: () => listImages(docker, names),
  };
}
