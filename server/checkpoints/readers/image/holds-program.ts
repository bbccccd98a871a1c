import { posix } from 'node:path';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';

const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Whether the image holds a program, by its path or in a folder of the image's `PATH`. */
async function holdsProgram(view: LabView, image: ImageFacts, program: string): Promise<boolean> {
  if (program.includes('/')) return (await view.images.stat(image.id, posix.resolve(image.workdir, program))) !== null;
  const path = image.env.find((variable) => variable.startsWith('PATH='))?.slice('PATH='.length) ?? USUAL_PATH;
  for (const folder of path.split(':')) if (await view.images.stat(image.id, posix.join(folder, program))) return true;
  return false;
}

/** The first of these programs that the image does not hold, or null. */
export async function missingProgram(view: LabView, image: ImageFacts, programs: readonly string[]): Promise<string | null> {
  for (const program of programs) if (!(await holdsProgram(view, image, program))) return program;
  return null;
}
