import { join } from 'node:path';
import { debianImage } from '../base/debian-image.ts';
import { type ContextFile, contentHash, contextFile, contextFolder } from '../build/build-context.ts';
import { certificateVariables } from '../host/certificate-variables.ts';
import { hostFiles } from '../host/host-files.ts';
import { proxyBuildArgs } from '../host/proxy-variables.ts';
import type { ImageContext } from '../image-context.ts';
import { COURSE_IMAGES, type CourseImage } from './catalogue.ts';

/** Label of an image that replaces an official one; its value is the official name. */
export const COMPATIBLE_LABEL = 'escale.compatible';

/** An image on the host's engine, and its names in labs. */
export interface NamedImage {
  readonly names: readonly string[];
  readonly reference: string;
}

/** Builds an image of the course and its base images if they are missing, under names of our own on the host's engine. */
export async function compatibleImage(
  context: ImageContext,
  image: CourseImage,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<NamedImage> {
  const { images, host } = context;
  const { reference, files, below } = await compatiblePlan(context, image);
  if (!(await images.has(reference))) {
    const from = below
      ? (await compatibleImage(context, below, progress, signal)).reference
      : await debianImage({ ...context, apt: host.apt }, 'bookworm', progress, signal);
    const begin = Date.now();
    const [title] = image.names;
    progress('construction à partir des paquets …');
    const builder = image.builder && (await debianImage({ ...context, apt: host.apt }, image.builder, progress, signal));
    const compiling = builder === undefined ? {} : { BUILDER: builder, ...host.registries };
    const buildArgs = { BASE: from, ...compiling, ...proxyBuildArgs(host.proxy) };
    await images.build({ tag: reference, files, role: 'course', title, labels: { [COMPATIBLE_LABEL]: title }, buildArgs }, signal);
    progress(`construite en ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  }
  return { names: image.names, reference };
}

/** The name of the image, computed from the current sources, whether it is built or not. */
export async function compatibleReference(context: PlanContext, image: CourseImage): Promise<string> {
  return (await compatiblePlan(context, image)).reference;
}

type PlanContext = Pick<ImageContext, 'repoRoot' | 'host'>;

async function compatiblePlan(context: PlanContext, image: CourseImage) {
  const below = COURSE_IMAGES.find(({ folder }) => folder === image.base);
  const base = below && (await compatibleReference(context, below));
  const files = await imageFiles(context, image);
  return { reference: `escale/compatible-${image.folder}:${contentHash(files, base === undefined ? [] : [base])}`, files, below };
}

/** The folder's files. The host's settings are only added for a Debian that has none yet: others inherit them. */
async function imageFiles({ repoRoot, host }: PlanContext, image: CourseImage): Promise<readonly ContextFile[]> {
  const own = await contextFolder(join(repoRoot, 'lab-stack/images', image.folder), '');
  if (image.builder !== undefined) return [...own, ...(await hostFiles(host, image.builder, 'host'))];
  if (image.base !== null) return own;
  const variables = certificateVariables(host.extraCa);
  const withVariables = own.map((file) =>
    file.path === 'Dockerfile' ? contextFile(file.path, `${file.data.toString()}${variables}`) : file,
  );
  return [...withVariables, ...(await hostFiles(host, 'bookworm', 'host'))];
}
