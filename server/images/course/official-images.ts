import { type ContextFile, contentHash, contextFile } from '../build/build-context.ts';
import { inspectOrNull } from '../build/engine-images.ts';
import { readEngineProgress } from '../build/engine-progress.ts';
import { certificateVariables } from '../host/certificate-variables.ts';
import { HOST_BUNDLE } from '../host/host-files.ts';
import type { ImageContext } from '../image-context.ts';
import type { CourseImage } from './catalogue.ts';
import type { NamedImage } from './compatible-images.ts';

/**
 * An official image of the course with this machine's additional certificate authorities. Behind a proxy that inspects TLS, `pip install`
 * would fail without them in the learner's builds.
 */
export async function officialImageWithCertificates(
  { docker, images, host }: ImageContext,
  { names, folder }: CourseImage,
  certificates: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<NamedImage> {
  const [name] = names;
  if ((await inspectOrNull(docker, name)) === null) {
    progress('téléchargement');
    await readEngineProgress(await docker.pull(name, { abortSignal: signal }), `Téléchargement de ${name}`);
  }
  const official = await inspectOrNull(docker, name);
  const files = withCertificates(certificates, official?.Config.User ?? '');
  const reference = `escale/official-${folder}:${contentHash(files, [official?.Id ?? name])}`;
  if (!(await images.has(reference))) {
    progress('ajout des certificats de cette machine');
    await images.build({ tag: reference, files, role: 'course', title: name, buildArgs: { BASE: name, ...host.proxy } }, signal);
  }
  return { names, reference };
}

/** Appends to the bundle directly, because a slim Debian has no `update-ca-certificates`. If that runs later, the result is the same. */
export function withCertificates(certificates: string, user: string): ContextFile[] {
  const lines = [
    'ARG BASE',
    'FROM $BASE',
    ...(user === '' ? [] : ['USER 0']),
    'COPY escale-host.crt /usr/local/share/ca-certificates/escale-host.crt',
    `RUN mkdir -p /etc/ssl/certs && cat /usr/local/share/ca-certificates/escale-host.crt >>${HOST_BUNDLE}`,
    ...(user === '' ? [] : [`USER ${user}`]),
    certificateVariables(certificates),
  ];
  return [contextFile('Dockerfile', lines.join('\n')), contextFile('escale-host.crt', certificates)];
}
