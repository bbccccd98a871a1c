import { contentHash, contextFile } from '../build/build-context.ts';
import { inspectOrNull } from '../build/engine-images.ts';
import { readEngineProgress } from '../build/engine-progress.ts';
import { certificateVariables } from '../host/certificate-variables.ts';
import { HOST_BUNDLE } from '../host/host-files.ts';
import type { ImageContext } from '../image-context.ts';
import { COURSE_IMAGES, type CourseImage } from './catalogue.ts';
import type { NamedImage } from './compatible-images.ts';

/**
 * The course's official images with the authorities that this machine trusts added, for machines behind a proxy that inspects TLS:
 * without them no `pip install` of a learner's build would succeed.
 */
export async function officialImagesWithCertificates(
  { docker, images, host }: ImageContext,
  certificates: string,
  progress: (line: string) => void,
  signal: AbortSignal,
  catalogue: readonly CourseImage[] = COURSE_IMAGES,
): Promise<NamedImage[]> {
  const made: NamedImage[] = [];
  for (const { names, folder } of catalogue) {
    const [name] = names;
    if ((await inspectOrNull(docker, name)) === null) {
      progress(`${name} : téléchargement`);
      await readEngineProgress(await docker.pull(name, { abortSignal: signal }), `Téléchargement de ${name}`);
    }
    const id = (await inspectOrNull(docker, name))?.Id ?? name;
    const files = withCertificates(certificates);
    const reference = `escale/official-${folder}:${contentHash(files, [id])}`;
    if (!(await images.has(reference))) {
      progress(`${name} : ajout des certificats de cette machine`);
      await images.build({ tag: reference, files, role: 'course', title: name, buildArgs: { BASE: name, ...host.proxy } }, signal);
    }
    made.push({ names, reference });
  }
  return made;
}

/** Appends to the bundle by hand: a slim Debian has no `update-ca-certificates`; where it has, both ways agree. */
function withCertificates(certificates: string) {
  const lines = [
    'ARG BASE',
    'FROM $BASE',
    'COPY escale-host.crt /usr/local/share/ca-certificates/escale-host.crt',
    `RUN mkdir -p /etc/ssl/certs && cat /usr/local/share/ca-certificates/escale-host.crt >>${HOST_BUNDLE}`,
    certificateVariables(certificates),
  ];
  return [contextFile('Dockerfile', lines.join('\n')), contextFile('escale-host.crt', certificates)];
}
