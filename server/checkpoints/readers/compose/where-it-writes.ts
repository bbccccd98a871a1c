import { posix } from 'node:path';
import type { LabView } from '../../definitions.ts';
import { lastOf } from '../dockerfile/final-image.ts';
import { readDockerfile } from '../dockerfile/read-dockerfile.ts';
import { learnerWorkdir } from '../image/learner-env.ts';
import { programSays, readProgram } from '../python/read-program.ts';
import type { ComposeService } from './model.ts';

const DEFAULT = '/app';

/** The folder in which the service's program runs. */
export async function programFolder(view: LabView, service: ComposeService): Promise<string> {
  if (service.working_dir) return service.working_dir;
  const built = await learnerWorkdir(view);
  if (built) return built;
  const reading = await readDockerfile(view);
  const written = reading.state === 'readable' ? lastOf(reading.image, 'WORKDIR')?.text : undefined;
  return written?.startsWith('/') && !written.includes('$') ? posix.normalize(written) : DEFAULT;
}

/** Whether the program, its configuration or its variables name this folder of the container. */
export async function writesTo(view: LabView, service: ComposeService, folder: string): Promise<boolean> {
  const pattern = new RegExp(`${folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`);
  if (Object.values(service.environment).some((value) => value !== null && pattern.test(value))) return true;
  if (programSays(await readProgram(view), pattern)) return true;
  return pattern.test((await view.file('config/config.yaml')) ?? '');
}
