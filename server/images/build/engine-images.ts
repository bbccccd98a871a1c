import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { EscaleError } from '../../errors/escale-error.ts';
import { orAbsent, toEscaleError } from '../../host/engine-errors.ts';
import { type ContextFile, packContext } from './build-context.ts';
import { readEngineProgress } from './engine-progress.ts';

/** Label of all our images; its value is the image's role. */
export const IMAGE_LABEL = 'escale.image';

/** Label with the time at which an image was made, in ISO: BuildKit dates an image by its last layer, which may come from its cache. */
export const MADE_LABEL = 'escale.made-at';

/** Label of a lab image: the image with the two root file systems that it is built on. */
export const LAB_BASE_LABEL = 'escale.lab-base';

/** The operations on images of the host's engine, all through its API. */
export interface EngineImages {
  readonly has: (reference: string) => Promise<boolean>;
  /** Builds with BuildKit, or with the classic builder where the engine has nothing else. The tag is set only once all steps are done. */
  readonly build: (build: ImageBuild, signal: AbortSignal) => Promise<void>;
  /** Creates an image of one layer from the tar that `write` produces. Creates none if `write` fails. */
  readonly import: (image: ImportedImage, write: (tar: Writable) => Promise<void>, signal: AbortSignal) => Promise<void>;
  /** Calls `use` with the files of an image, as a tar. */
  readonly export: (reference: string, use: (tar: Readable) => Promise<void>) => Promise<void>;
}

export interface ImageBuild {
  readonly tag: string;
  readonly role: string;
  readonly title: string;
  readonly files: readonly ContextFile[];
  readonly dockerfile?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ImportedImage {
  readonly tag: string;
  readonly role: string;
  readonly title: string;
  readonly changes?: readonly string[];
}

export function createEngineImages(docker: Docker): EngineImages {
  return {
    async has(reference) {
      return (await inspectOrNull(docker, reference)) !== null;
    },
    async build(build, signal) {
      const options = {
        t: build.tag,
        dockerfile: build.dockerfile ?? 'Dockerfile',
        buildargs: { ...build.buildArgs },
        labels: { ...build.labels, [IMAGE_LABEL]: build.role, [MADE_LABEL]: new Date().toISOString() },
        rm: true,
        forcerm: true,
        abortSignal: signal,
      };
      const run = (builder: object): Promise<void> => {
        const context = packContext(build.files).pipe(new PassThrough());
        return told(signal, build.title, docker.buildImage(context, { ...options, ...builder }));
      };
      try {
        await run({ version: '2' });
      } catch (error) {
        if (!lacksBuildkit(error)) throw error;
        await run({});
      }
    },
    async import(image, write, signal) {
      const separator = image.tag.lastIndexOf(':');
      const body = new PassThrough();
      const cancel = new AbortController();
      let first: unknown;
      // Whichever side fails first stops the other: the engine must not take a truncated tar for a complete one.
      const stop = (error: unknown): void => {
        first ??= error;
        cancel.abort(error);
        body.destroy();
      };
      const request = async (): Promise<void> => {
        const options = {
          repo: image.tag.slice(0, separator),
          tag: image.tag.slice(separator + 1),
          changes: [...(image.changes ?? []), `LABEL ${IMAGE_LABEL}=${image.role}`, `LABEL ${MADE_LABEL}=${new Date().toISOString()}`],
          abortSignal: AbortSignal.any([signal, cancel.signal]),
        };
        await told(signal, image.title, docker.importImage(body, options));
      };
      const produce = async (): Promise<void> => {
        await write(body);
        body.end();
      };
      await Promise.all([produce().catch(stop), request().catch(stop)]);
      if (first !== undefined) throw first;
    },
    async export(reference, use) {
      // A container, never started, is the only way to read an image's files as one tree.
      const container = await docker.createContainer({ Image: reference, Cmd: ['true'], Labels: { [IMAGE_LABEL]: 'export' } });
      try {
        const tar = new PassThrough();
        const answer = await container.export();
        await Promise.all([pipeline(answer, tar), use(tar)]);
      } finally {
        await container.remove({ force: true });
      }
    },
  };
}

function lacksBuildkit(error: unknown): boolean {
  return error instanceof EscaleError && /buildkit not supported/i.test(error.message);
}

/** Reads the engine's progress to its end. An abort is rethrown; any other failure becomes an `EscaleError`. */
async function told(signal: AbortSignal, what: string, answer: Promise<NodeJS.ReadableStream>): Promise<void> {
  try {
    await readEngineProgress(await answer, what);
  } catch (cause) {
    signal.throwIfAborted();
    throw toEscaleError(cause);
  }
}

/** The engine's description of an image, or null if it has none with that name. */
export async function inspectOrNull(docker: Docker, reference: string): Promise<Docker.ImageInspectInfo | null> {
  try {
    return await orAbsent(docker.getImage(reference).inspect());
  } catch (cause) {
    throw toEscaleError(cause);
  }
}
