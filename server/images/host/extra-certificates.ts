import { X509Certificate } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { readTextOrNull } from './text-files.ts';

const SYSTEM_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];
/** The folder where Debian's package installs the public authorities, one file each. */
const DEBIAN_AUTHORITIES = '/usr/share/ca-certificates/mozilla';
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The authorities in `trusted` that are not in `known`, without duplicates, as PEM with the subject above each; null if there are none.
 * Expired or invalid certificates are left out.
 */
export function extraCertificates(trusted: readonly string[], known: readonly string[], now = new Date()): string | null {
  const seen = new Set(known.flatMap(certificates).map((certificate) => certificate.fingerprint256));
  const extra: string[] = [];
  for (const certificate of trusted.flatMap(certificates)) {
    if (seen.has(certificate.fingerprint256) || !certificate.ca || new Date(certificate.validTo) < now) continue;
    seen.add(certificate.fingerprint256);
    extra.push(`# ${certificate.subject.replaceAll('\n', ', ')}\n${certificate.toString()}`);
  }
  return extra.length > 0 ? extra.sort().join('') : null;
}

/**
 * The authorities that this machine trusts (system store, `NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`) besides the public ones, in PEM, or null.
 */
export async function readExtraCertificates(env: NodeJS.ProcessEnv): Promise<string | null> {
  const files = [env.NODE_EXTRA_CA_CERTS, env.SSL_CERT_FILE, ...SYSTEM_BUNDLES];
  const texts = await Promise.all(files.map((file) => (file ? readTextOrNull(file) : null)));
  const trusted = [...texts.filter((text) => text !== null), ...getCACertificates('system')];
  return extraCertificates(trusted, [...getCACertificates('bundled'), ...(await debianAuthorities())]);
}

async function debianAuthorities(): Promise<string[]> {
  const names = await readdir(DEBIAN_AUTHORITIES).catch(() => [] as string[]);
  const texts = await Promise.all(names.map((name) => readTextOrNull(join(DEBIAN_AUTHORITIES, name))));
  return texts.filter((text) => text !== null);
}

function certificates(pem: string): X509Certificate[] {
  return (pem.match(CERTIFICATE) ?? []).flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      // A bundle may contain certificates that this OpenSSL cannot parse; the others are used.
      return [];
    }
  });
}

/** The certificates of a PEM text, one text each: Debian's `update-ca-certificates` needs one per file. */
export function splitCertificates(pem: string): string[] {
  return (pem.match(CERTIFICATE) ?? []).map((block) => `${block}\n`);
}
