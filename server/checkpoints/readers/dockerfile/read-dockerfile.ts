import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { finalImage } from './final-image.ts';
import type { DockerfileFault, DockerfileModel, FinalImage } from './model.ts';
import { parseDockerfile } from './parse-dockerfile.ts';

export const DOCKERFILE = 'Dockerfile';

/** Beyond, a Dockerfile is refused unread. */
const LARGEST_BYTES = 128 * 1024;

export type DockerfileReading =
  | { readonly state: 'absent'; readonly lookalike: string | null }
  /** There is one, and it is no text, or far too long to be one. */
  | { readonly state: 'unreadable' }
  | { readonly state: 'empty' }
  | { readonly state: 'faulty'; readonly source: string; readonly fault: DockerfileFault }
  | { readonly state: 'readable'; readonly source: string; readonly model: DockerfileModel; readonly image: FinalImage };

/** The Dockerfile at the project's root, read once a look. */
export function readDockerfile(view: LabView): Promise<DockerfileReading> {
  return view.once('dockerfile', async () => {
    const own = (await view.entries()).find(({ path }) => path === DOCKERFILE);
    if ((own?.size ?? 0) > LARGEST_BYTES) return { state: 'unreadable' };
    const source = await view.file(DOCKERFILE);
    if (source === null) {
      if (own !== undefined) return { state: 'unreadable' };
      const lookalike = (await view.rootNames()).find((name) => /^(dockerfiles?|docker-file)(\.\w+)?$/i.test(name));
      return { state: 'absent', lookalike: lookalike ?? null };
    }
    if (source.split('\n').every((line) => /^\s*(#|$)/.test(line))) return { state: 'empty' };
    const model = parseDockerfile(source);
    const image = finalImage(model);
    const fault = model.faults[0];
    if (fault || !image) return { state: 'faulty', source, fault: fault ?? { line: 1, code: 'dockerfile.no-from', what: 'aucun `FROM`' } };
    return { state: 'readable', source, model, image };
  });
}

/** The Dockerfile; throws `NotRead` where it cannot be read. */
export async function readableDockerfile(view: LabView): Promise<Extract<DockerfileReading, { state: 'readable' }>> {
  const reading = await readDockerfile(view);
  if (reading.state !== 'readable') throw new NotRead('absent', 'dockerfile');
  return reading;
}
