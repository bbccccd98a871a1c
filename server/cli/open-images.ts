import { pino } from 'pino';
import { loadConfig } from '../config.ts';
import type { Environment } from '../environment.ts';
import { engineAddresses } from '../host/host-engine.ts';
import { requireHostEngine } from '../host/require-host-engine.ts';
import type { CourseImage } from '../images/course/catalogue.ts';
import type { LabImages } from '../images/definitions.ts';
import { createLabImages } from '../images/lab-images.ts';
import { REPOSITORY } from '../services.ts';
import { openStateFolder } from '../state/state-folder.ts';
import type { VerbContext } from './definitions.ts';

/** The images of this machine's engine. They need no lock: whoever builds the same image at the same time makes the same. */
export async function openImages(environment: Environment, stateDir: string): Promise<LabImages> {
  const engine = await requireHostEngine(engineAddresses(environment));
  const instance = openStateFolder(stateDir).dir;
  const { isolation } = loadConfig(instance);
  return createLabImages({
    docker: engine.docker,
    instance,
    repoRoot: REPOSITORY,
    isolation,
    mayInstall: environment.setup === 'auto',
    log: pino({ level: 'silent' }),
  });
}

/** Makes those images of the course that are missing, each line told under the name of its image. */
export async function makeImages(
  images: LabImages,
  wanted: readonly CourseImage[],
  { say, signal }: Pick<VerbContext, 'say' | 'signal'>,
): Promise<void> {
  for (const { names } of wanted) await images.courseImage(names[0], (line) => say(`${names[0]} : ${line}`), signal);
}
