import { posix } from 'node:path';
import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';

const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Where the image holds a program, by its path or in a folder of the image's `PATH`. Null if it does not. */
export async function pathOfProgram(view: LabView, image: ImageFacts, program: string, workdir = image.workdir): Promise<string | null> {
  const path = image.env.find((variable) => variable.startsWith('PATH='))?.slice('PATH='.length) ?? USUAL_PATH;
  const places = program.includes('/') ? [posix.resolve(workdir, program)] : path.split(':').map((folder) => posix.join(folder, program));
  for (const place of places) if ((await view.images.stat(image.id, place)) !== null) return place;
  return null;
}

/** The first of these programs that the image does not hold, or null. */
export async function missingProgram(view: LabView, image: ImageFacts, programs: readonly string[]): Promise<string | null> {
  for (const program of programs) if ((await pathOfProgram(view, image, program)) === null) return program;
  return null;
}
