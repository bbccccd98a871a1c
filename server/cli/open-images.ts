import { pino } from 'pino';
import type { Environment } from '../environment.ts';
import { engineAddresses } from '../host/host-engine.ts';
import { requireHostEngine } from '../host/require-host-engine.ts';
import type { LabImages } from '../images/definitions.ts';
import { createLabImages } from '../images/lab-images.ts';
import { REPOSITORY } from '../services.ts';
import { openStateFolder } from '../state/state-folder.ts';

/** The images of this machine's engine. They need no lock: whoever builds the same image at the same time makes the same. */
export async function openImages(environment: Environment, stateDir: string): Promise<LabImages> {
  const engine = await requireHostEngine(engineAddresses(environment));
  const instance = openStateFolder(stateDir).dir;
  return createLabImages({
    docker: engine.docker,
    instance,
    repoRoot: REPOSITORY,
    mayInstall: environment.setup === 'auto',
    log: pino({ level: 'silent' }),
  });
}
