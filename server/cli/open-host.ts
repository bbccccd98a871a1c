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

/** The images of this machine's engine. Needs no lock: simultaneous builds of the same image give the same result. */
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

/** Makes the missing ones of these images; prefixes each line of progress with the image's name. */
export async function makeImages(
  images: LabImages,
  wanted: readonly CourseImage[],
  { say, signal }: Pick<VerbContext, 'say' | 'signal'>,
): Promise<void> {
  for (const { names } of wanted) await images.courseImage(names[0], (line) => say(`${names[0]} : ${line}`), signal);
}
