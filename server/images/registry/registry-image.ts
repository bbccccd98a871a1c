import { join } from 'node:path';
import { debianImage } from '../base/debian-image.ts';
import { type ContextFile, contentHash, contextFolder } from '../build/build-context.ts';
import { hostFiles } from '../host/host-files.ts';
import { proxyBuildArgs } from '../host/proxy-variables.ts';
import type { ImageContext } from '../image-context.ts';

type PlanContext = Pick<ImageContext, 'repoRoot' | 'host'>;

/** The name of the registry's image, computed from the current sources, whether it is built or not. */
export async function registryImageName(context: PlanContext): Promise<string> {
  return `escale/registry:${contentHash(await imageFiles(context))}`;
}

/** Builds the registry's image if it is missing. */
export async function registryImage(context: ImageContext, progress: (line: string) => void, signal: AbortSignal): Promise<string> {
  const { images, host } = context;
  const tag = await registryImageName(context);
  if (await images.has(tag)) return tag;
  const base = await debianImage({ ...context, apt: host.apt }, 'trixie', progress, signal);
  const begin = Date.now();
  progress('Registre des labos …');
  const buildArgs = { BASE: base, ...proxyBuildArgs(host.proxy) };
  await images.build({ tag, files: await imageFiles(context), role: 'registry', title: 'Registre des labos', buildArgs }, signal);
  progress(`Registre des labos : ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  return tag;
}

async function imageFiles({ repoRoot, host }: PlanContext): Promise<readonly ContextFile[]> {
  return [...(await contextFolder(join(repoRoot, 'lab-stack/images/registry'), '')), ...(await hostFiles(host, 'trixie', 'host'))];
}
