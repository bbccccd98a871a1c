import { join } from 'node:path';
import { debianImage } from '../../server/images/base/debian-image.ts';
import { createPublicRegistry } from '../../server/images/base/public-registry.ts';
import { contentHash, contextFolder } from '../../server/images/build/build-context.ts';
import { createEngineImages } from '../../server/images/build/engine-images.ts';
import { hostFiles } from '../../server/images/host/host-files.ts';
import { readHostSettings } from '../../server/images/host/host-settings.ts';
import { proxyBuildArgs } from '../../server/images/host/proxy-variables.ts';
import { docker } from '../integration/labs/test-lab.ts';

const FOLDER = join(import.meta.dirname, 'guest');
const progress = (line: string): void => console.log(line);

/** The guest's system as an image, built once per Dockerfile and settings of this machine. */
export async function guestImage(signal: AbortSignal): Promise<string> {
  const images = createEngineImages(docker);
  const host = await readHostSettings();
  const registry = createPublicRegistry(docker);
  const base = await debianImage({ docker, images, registry, apt: host.apt, mayInstall: true }, 'trixie', progress, signal);
  const folder = await contextFolder(FOLDER, '');
  const files = [...folder.filter(({ path }) => path === 'Dockerfile'), ...(await hostFiles(host, 'trixie', 'host'))];
  const tag = `escale/cgroup2-guest:${contentHash(files, [base])}`;
  if (await images.has(tag)) return tag;
  progress('The guest: Debian’s kernel and engine …');
  await images.build(
    { tag, role: 'cgroup2-guest', title: 'Machine à cgroup v2', files, buildArgs: { BASE: base, ...proxyBuildArgs(host.proxy) } },
    signal,
  );
  return tag;
}
