import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { finalImage } from './final-image.ts';
import type { DockerfileFault, DockerfileModel, FinalImage } from './model.ts';
import { parseDockerfile } from './parse-dockerfile.ts';

export const DOCKERFILE = 'Dockerfile';
/** `docker build` takes this name where the usual one is absent. */
const LOWER_CASE = 'dockerfile';

/** Maximum size. A larger Dockerfile is not read. */
const LARGEST_BYTES = 128 * 1024;

export type DockerfileReading =
  | { readonly state: 'absent'; readonly lookalike: string | null }
  /** It exists, but is not text or is far too long. */
  | { readonly state: 'unreadable' }
  | { readonly state: 'empty' }
  | { readonly state: 'faulty'; readonly file: string; readonly source: string; readonly fault: DockerfileFault }
  | {
      readonly state: 'readable';
      readonly file: string;
      readonly source: string;
      readonly model: DockerfileModel;
      readonly image: FinalImage;
    };

/** The name of the file that `docker build` reads. */
export async function dockerfileName(view: LabView): Promise<string> {
  const names = await view.rootNames();
  return !names.includes(DOCKERFILE) && names.includes(LOWER_CASE) ? LOWER_CASE : DOCKERFILE;
}

/** The Dockerfile at the project's root, read once per look. */
export function readDockerfile(view: LabView): Promise<DockerfileReading> {
  return view.once('dockerfile', async () => {
    const file = await dockerfileName(view);
    const own = (await view.entries()).find(({ path }) => path === file);
    if ((own?.size ?? 0) > LARGEST_BYTES) return { state: 'unreadable' };
    const source = await view.file(file);
    if (source === null) {
      if (own !== undefined) return { state: 'unreadable' };
      const lookalike = (await view.rootNames()).find((name) => /^(dockerfiles?|docker-file)(\.\w+)?$/i.test(name));
      return { state: 'absent', lookalike: lookalike ?? null };
    }
    if (source.split('\n').every((line) => /^\s*(#|$)/.test(line))) return { state: 'empty' };
    const model = parseDockerfile(source, file);
    const image = finalImage(model);
    const fault = model.faults[0];
    if (fault || !image)
      return { state: 'faulty', file, source, fault: fault ?? { line: 1, code: 'dockerfile.no-from', what: 'aucun `FROM`' } };
    return { state: 'readable', file, source, model, image };
  });
}

/** The Dockerfile. Throws `NotRead` if it cannot be read. */
export async function readableDockerfile(view: LabView): Promise<Extract<DockerfileReading, { state: 'readable' }>> {
  const reading = await readDockerfile(view);
  if (reading.state !== 'readable') throw new NotRead('absent', 'dockerfile');
  return reading;
}
