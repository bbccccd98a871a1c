import type { LabSpec } from './definitions.ts';

const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const CA_VARIABLES = ['SSL_CERT_FILE', 'PIP_CERT', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'CURL_CA_BUNDLE'];
/** Never through a proxy: the lab itself, its registry and its data source. */
const DIRECT = ['localhost', '127.0.0.1', '10.213.0.1', 'source.datastream.test'];
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const;

/** The variables that every login shell of the lab has; proxies in both spellings, because programs differ. */
export function labEnvironment(spec: Pick<LabSpec, 'env' | 'extraCa'>): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(proxies(spec))) {
    environment[name] = value;
    environment[name.toLowerCase()] = value;
  }
  if (spec.extraCa !== null) for (const name of CA_VARIABLES) environment[name] = BUNDLE;
  return environment;
}

/** The `proxies.default` of the lab's docker client, which passes them to builds and containers; null where there is no proxy. */
export function clientProxies(spec: Pick<LabSpec, 'env'>): Record<string, string> | null {
  const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } = proxies(spec);
  if (HTTP_PROXY === undefined && HTTPS_PROXY === undefined) return null;
  return {
    ...(HTTP_PROXY !== undefined && { httpProxy: HTTP_PROXY }),
    ...(HTTPS_PROXY !== undefined && { httpsProxy: HTTPS_PROXY }),
    ...(NO_PROXY !== undefined && { noProxy: NO_PROXY }),
  };
}

function proxies({ env }: Pick<LabSpec, 'env'>): Partial<Record<(typeof PROXY_VARIABLES)[number], string>> {
  const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } = Object.fromEntries(
    PROXY_VARIABLES.map((name) => [name, (env[name] ?? env[name.toLowerCase()])?.trim()]),
  );
  if (!HTTP_PROXY && !HTTPS_PROXY) return {};
  return {
    ...(HTTP_PROXY && { HTTP_PROXY }),
    ...(HTTPS_PROXY && { HTTPS_PROXY }),
    NO_PROXY: [...new Set([...DIRECT, ...(NO_PROXY ?? '').split(',')])].filter((name) => name !== '').join(','),
  };
}
