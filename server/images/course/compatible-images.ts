import { join } from 'node:path';
import { debianImage } from '../base/debian-image.ts';
import { type ContextFile, contentHash, contextFile, contextFolder } from '../build/build-context.ts';
import { certificateVariables } from '../host/certificate-variables.ts';
import { hostFiles } from '../host/host-files.ts';
import { proxyBuildArgs } from '../host/proxy-variables.ts';
import type { ImageContext } from '../image-context.ts';
import { COURSE_IMAGES, type CourseImage } from './catalogue.ts';

/** Marks an image that stands in for an official one; its value is the official name. */
export const COMPATIBLE_LABEL = 'escale.compatible';

/** An image on the host's engine, and the names labs will know it by. */
export interface NamedImage {
  readonly names: readonly string[];
  readonly reference: string;
}

/** Builds those of the course's images that are missing, under names of our own on the host's engine. */
export async function compatibleImages(
  context: ImageContext,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<NamedImage[]> {
  const { images, host } = context;
  const made = new Map<string, NamedImage>();
  for (const image of COURSE_IMAGES) {
    const { tag, files } = await planImage(context, image, made);
    if (!(await images.has(tag))) {
      const base =
        (image.base && made.get(image.base)?.reference) ?? (await debianImage({ ...context, apt: host.apt }, 'bookworm', progress, signal));
      const begin = Date.now();
      progress(`${image.names[0]} : construction à partir des paquets …`);
      const labels = { [COMPATIBLE_LABEL]: image.names[0] };
      const buildArgs = { BASE: base, ...proxyBuildArgs(host.proxy) };
      await images.build({ tag, files, role: 'course', title: image.names[0], labels, buildArgs }, signal);
      progress(`${image.names[0]} : ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    }
    made.set(image.folder, { names: image.names, reference: tag });
  }
  return [...made.values()];
}

async function planImage(
  { repoRoot, host }: ImageContext,
  image: CourseImage,
  made: ReadonlyMap<string, NamedImage>,
): Promise<{ tag: string; files: readonly ContextFile[] }> {
  const own = await contextFolder(join(repoRoot, 'lab-stack/images', image.folder), '');
  const variables = certificateVariables(host.extraCa);
  const files = [
    ...own.map((file) => (file.path === 'Dockerfile' ? contextFile(file.path, `${file.data.toString()}${variables}`) : file)),
    // What stands on another image of ours has the host's settings from it.
    ...(image.base === null ? await hostFiles(host, 'bookworm', 'host') : []),
  ];
  const base = image.base === null ? [] : [made.get(image.base)?.reference ?? ''];
  return { tag: `escale/compatible-${image.folder}:${contentHash(files, base)}`, files };
}
