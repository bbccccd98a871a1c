import { pino } from 'pino';
import { type Config, loadConfig } from '../config.ts';
import type { Environment } from '../environment.ts';
import { engineAddresses } from '../host/host-engine.ts';
import { requireHostEngine } from '../host/require-host-engine.ts';
import type { CourseImage } from '../images/course/catalogue.ts';
import type { LabImages } from '../images/definitions.ts';
import type { LabHost } from '../labs/service/lab-host.ts';
import { localHost } from '../local-host.ts';
import { openStateFolder } from '../state/state-folder.ts';
import type { VerbContext } from './definitions.ts';

/** This machine's engine, for its images. Needs no lock: simultaneous builds of the same image give the same result. */
export async function openHost(environment: Environment, stateDir: string): Promise<{ host: LabHost; config: Config }> {
  const engine = await requireHostEngine(engineAddresses(environment));
  const instance = openStateFolder(stateDir).dir;
  const config = loadConfig(instance);
  const mayInstall = environment.setup === 'auto';
  const log = pino({ level: 'silent' });
  return { host: await localHost({ docker: engine.docker, instance, isolation: config.isolation, mayInstall, log }), config };
}

/** The images of this machine's engine. */
export async function openImages(environment: Environment, stateDir: string): Promise<LabImages> {
  return (await openHost(environment, stateDir)).host.images;
}

/** Makes the missing ones of these images; prefixes each line of progress with the image's name. */
export async function makeImages(
  images: LabImages,
  wanted: readonly CourseImage[],
  { say, signal }: Pick<VerbContext, 'say' | 'signal'>,
): Promise<void> {
  for (const { names } of wanted) await images.courseImage(names[0], (line) => say(`${names[0]} : ${line}`), signal);
}
