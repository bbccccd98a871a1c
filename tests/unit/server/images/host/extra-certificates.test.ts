import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { extraCertificates, splitCertificates } from '../../../../../server/images/host/extra-certificates.ts';

const folder = mkdtempSync(join(tmpdir(), 'escale-ca-'));
afterAll(() => rmSync(folder, { recursive: true }));

function certificate(name: string, authority: boolean, days = 30): string {
  const file = join(folder, `${name}.pem`);
  const constraint = `basicConstraints=critical,CA:${authority ? 'TRUE' : 'FALSE'}`;
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', join(folder, 'key')];
  execFileSync('openssl', ['req', '-x509', ...key, '-subj', `/CN=${name}`, '-days', String(days), '-addext', constraint, '-out', file], {
    stdio: 'ignore',
  });
  return readFileSync(file, 'utf8');
}

const company = certificate('Company Inspection', true);
const site = certificate('some.site', false);

describe('extraCertificates', () => {
  it('finds the authority that a bundle has besides the public ones, once', () => {
    const bundle = `${rootCertificates.slice(0, 20).join('\n')}\n${company}`;
    const extra = extraCertificates([bundle, company], rootCertificates) ?? '';
    expect(extra.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
    expect(extra).toContain('# CN=Company Inspection\n');
  });

  it('is null when every authority is public', () => {
    expect(extraCertificates([rootCertificates.join('\n')], rootCertificates)).toBeNull();
  });

  it('leaves out non-authorities, unreadable certificates and expired ones', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(extraCertificates([site, broken], [])).toBeNull();
    expect(extraCertificates([company], [], new Date(Date.now() + 31 * 86_400_000))).toBeNull();
  });
});

describe('splitCertificates', () => {
  it('returns one text per certificate, without the comments', () => {
    const parts = splitCertificates(extraCertificates([company, certificate('Second', true)], []) ?? '');
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(part).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----\n$/);
  });
});
