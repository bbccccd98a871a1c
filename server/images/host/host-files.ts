import { type ContextFile, contextFile } from '../build/build-context.ts';
import { formatDebianSources } from './apt-settings.ts';
import { splitCertificates } from './extra-certificates.ts';
import type { HostSettings } from './host-settings.ts';
import { formatPipConfig } from './pip-settings.ts';
import { readTextOrNull } from './text-files.ts';

export const HOST_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

/** The host's settings as files for a Debian image of that suite, added before the first package is installed. */
export async function hostFiles(host: HostSettings, suite: string, prefix: string): Promise<ContextFile[]> {
  const files: ContextFile[] = [
    contextFile(`${prefix}/etc/apt/apt.conf.d/90escale-host`, '# Settings taken over from the host stand beside this file.\n'),
  ];
  for (const [index, certificate] of splitCertificates(host.extraCa ?? '').entries()) {
    files.push(contextFile(`${prefix}/usr/local/share/ca-certificates/escale-host-${index + 1}.crt`, certificate));
  }
  if (host.apt) files.push(contextFile(`${prefix}/etc/apt/sources.list.d/debian.sources`, formatDebianSources(host.apt, suite)));
  if (host.pip) files.push(contextFile(`${prefix}/etc/pip.conf`, formatPipConfig(host.pip)));
  // With an https mirror, certificates are needed before `ca-certificates` can be installed from it. The package then overwrites this
  // bundle.
  const bundle = host.apt?.archive.startsWith('https:') ? await readTextOrNull(HOST_BUNDLE) : null;
  if (bundle) files.push(contextFile(`${prefix}${HOST_BUNDLE}`, bundle));
  return files;
}
