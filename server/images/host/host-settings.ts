import { type AptSettings, readAptSettings } from './apt-settings.ts';
import { readExtraCertificates } from './extra-certificates.ts';
import { readGoVariables } from './go-settings.ts';
import { hostEnvironment } from './host-environment.ts';
import { readNpmVariables } from './npm-settings.ts';
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
  /** The variables of Go and npm that lead to this machine's modules and packages, if set. Given to the steps of a build that need them. */
  readonly registries: Readonly<Record<string, string>>;
}

export async function readHostSettings(): Promise<HostSettings> {
  const env = hostEnvironment();
  const [extraCa, apt, pip, go, npm] = await Promise.all([
    readExtraCertificates(env),
    readAptSettings(),
    readPipSettings(env),
    readGoVariables(env),
    readNpmVariables(env),
  ]);
  return { extraCa, apt, pip, proxy: readProxyVariables(env), registries: { ...go, ...npm } };
}
