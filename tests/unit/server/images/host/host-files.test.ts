import { describe, expect, it } from 'vitest';
import { certificateVariables } from '../../../../../server/images/host/certificate-variables.ts';
import { hostFiles } from '../../../../../server/images/host/host-files.ts';
import type { HostSettings } from '../../../../../server/images/host/host-settings.ts';
import { proxyBuildArgs, readProxyVariables } from '../../../../../server/images/host/proxy-variables.ts';

const PLAIN: HostSettings = { extraCa: null, apt: null, pip: null, proxy: {}, registries: {} };
const certificate = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;

async function paths(host: Partial<HostSettings>): Promise<string[]> {
  return (await hostFiles({ ...PLAIN, ...host }, 'bookworm', 'host')).map((file) => file.path);
}

describe('hostFiles', () => {
  it('copies nothing from a machine without its own settings', async () => {
    expect(await paths({})).toEqual(['host/etc/apt/apt.conf.d/90escale-host']);
  });

  it('writes each certificate to a file of its own, as update-ca-certificates needs', async () => {
    const files = await hostFiles({ ...PLAIN, extraCa: `# one\n${certificate('AAAA')}# two\n${certificate('BBBB')}` }, 'trixie', 'host');
    const found = files.filter((file) => file.path.startsWith('host/usr/local/share/ca-certificates/'));
    expect(found.map((file) => [file.path.split('/').pop(), file.data.toString()])).toEqual([
      ['escale-host-1.crt', certificate('AAAA')],
      ['escale-host-2.crt', certificate('BBBB')],
    ]);
  });

  it("copies the mirror and pip's index", async () => {
    const apt = { archive: 'http://m.example/debian', security: null };
    const pip = { indexUrl: 'https://i.example/simple', extraIndexUrls: [], trustedHosts: [] };
    const found = await paths({ apt, pip });
    expect(found).toContain('host/etc/apt/sources.list.d/debian.sources');
    expect(found).toContain('host/etc/pip.conf');
  });
});

describe('proxies', () => {
  it('are read in either spelling and passed to builds in both', () => {
    const proxy = readProxyVariables({
      http_proxy: 'http://p.example:3128',
      HTTPS_PROXY: 'http://s.example:3128',
      https_proxy: 'x',
      NO_PROXY: '',
    });
    expect(proxy).toEqual({ HTTP_PROXY: 'http://p.example:3128', HTTPS_PROXY: 'http://s.example:3128' });
    expect(proxyBuildArgs(proxy)).toEqual({
      HTTP_PROXY: 'http://p.example:3128',
      http_proxy: 'http://p.example:3128',
      HTTPS_PROXY: 'http://s.example:3128',
      https_proxy: 'http://s.example:3128',
    });
  });
});

describe('certificateVariables', () => {
  it("point Python's tools at the system's bundle only if it has more than the public authorities", () => {
    expect(certificateVariables(null)).toBe('');
    expect(certificateVariables(certificate('AAAA'))).toMatch(/^ENV PIP_CERT=\/etc\/ssl\S+ SSL_CERT_FILE=\S+ REQUESTS_CA_BUNDLE=\S+\n$/);
  });
});
