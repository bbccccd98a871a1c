import { HOST_BUNDLE } from './host-files.ts';

/** Python tools use their own list of authorities; these variables make them use the system's, which includes the host's. */
const NAMES = ['PIP_CERT', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE'];

/** Lines for the end of a Dockerfile; empty if the host only trusts the public authorities. */
export function certificateVariables(extraCa: string | null): string {
  return extraCa === null ? '' : `ENV ${NAMES.map((name) => `${name}=${HOST_BUNDLE}`).join(' ')}\n`;
}
