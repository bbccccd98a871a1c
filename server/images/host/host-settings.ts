import { type AptSettings, readAptSettings } from './apt-settings.ts';
import { readExtraCertificates } from './extra-certificates.ts';
import { hostEnvironment } from './host-environment.ts';
import { type PipSettings, readPipSettings } from './pip-settings.ts';
import { readProxyVariables } from './proxy-variables.ts';

/** Settings of this machine that builds and labs use too, so that they reach packages in the same way. */
export interface HostSettings {
  /** Certificates (PEM) that this machine trusts and a plain Debian does not, or null. */
  readonly extraCa: string | null;
  readonly apt: AptSettings | null;
  readonly pip: PipSettings | null;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, if set. */
  readonly proxy: Readonly<Record<string, string>>;
}

export async function readHostSettings(): Promise<HostSettings> {
  const env = hostEnvironment();
  const [extraCa, apt, pip] = await Promise.all([readExtraCertificates(env), readAptSettings(), readPipSettings(env)]);
  return { extraCa, apt, pip, proxy: readProxyVariables(env) };
}
