import { HOST_BUNDLE } from './host-files.ts';

/** Tools of Python bring their own list of authorities: these make them use the system's, where the host's are. */
const NAMES = ['PIP_CERT', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE'];

/** Lines for the end of a Dockerfile; none where the host trusts the public authorities alone. */
export function certificateVariables(extraCa: string | null): string {
  return extraCa === null ? '' : `ENV ${NAMES.map((name) => `${name}=${HOST_BUNDLE}`).join(' ')}\n`;
}
