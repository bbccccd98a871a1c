import { pino } from 'pino';
import type { Environment } from '../environment.ts';
import { EscaleError } from '../errors/escale-error.ts';
import { engineAddresses, findHostEngine } from '../host/host-engine.ts';
import type { LabImages } from '../images/definitions.ts';
import { createLabImages } from '../images/lab-images.ts';
import { REPOSITORY } from '../services.ts';
import { openStateFolder } from '../state/state-folder.ts';

/** The images of this machine's engine. They need no lock: whoever builds the same image at the same time makes the same. */
export async function openImages(environment: Environment, stateDir: string): Promise<LabImages> {
  const addresses = engineAddresses(environment);
  const engine = await findHostEngine(addresses);
  if (engine === null) {
    throw new EscaleError('unavailable', 'engine.unreachable', {
      message: `Aucun moteur Docker ne répond (cherché : ${addresses.join(', ')}).`,
      hint: 'Démarrez Docker, ou lancez « npm start » : « escale doctor » dit ce qui manque.',
    });
  }
  const instance = openStateFolder(stateDir).dir;
  return createLabImages({ docker: engine.docker, instance, repoRoot: REPOSITORY, log: pino({ level: 'silent' }) });
}
