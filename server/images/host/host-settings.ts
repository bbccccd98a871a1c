import { type AptSettings, readAptSettings } from './apt-settings.ts';
import { readExtraCertificates } from './extra-certificates.ts';
import { hostEnvironment } from './host-environment.ts';
import { type PipSettings, readPipSettings } from './pip-settings.ts';
import { readProxyVariables } from './proxy-variables.ts';

/** What builds and labs take over from this machine, so that they reach packages the way it does. */
export interface HostSettings {
  /** Certificates (PEM) that this machine trusts and a plain Debian does not, or null. */
  readonly extraCa: string | null;
  readonly apt: AptSettings | null;
  readonly pip: PipSettings | null;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, those that are set. */
  readonly proxy: Readonly<Record<string, string>>;
}

export async function readHostSettings(): Promise<HostSettings> {
  const env = hostEnvironment();
  const [extraCa, apt, pip] = await Promise.all([readExtraCertificates(env), readAptSettings(), readPipSettings(env)]);
  return { extraCa, apt, pip, proxy: readProxyVariables(env) };
}
