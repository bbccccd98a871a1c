import { expect, test } from 'vitest';
import { clientProxies, labEnvironment } from '../../../../../server/labs/driver/lab-environment.ts';

const DIRECT = 'localhost,127.0.0.1,10.213.0.1,source.datastream.test';

test('empty without proxy and certificates', () => {
  expect(labEnvironment({ env: {}, extraCa: null })).toEqual({});
  expect(clientProxies({ env: {} })).toBeNull();
});

test('a proxy in either spelling is set in both, and never overrides the lab’s own addresses', () => {
  const env = { https_proxy: 'http://proxy.test:3128', NO_PROXY: 'intern.test,localhost' };
  expect(labEnvironment({ env, extraCa: null })).toEqual({
    HTTPS_PROXY: 'http://proxy.test:3128',
    https_proxy: 'http://proxy.test:3128',
    NO_PROXY: `${DIRECT},intern.test`,
    no_proxy: `${DIRECT},intern.test`,
  });
  expect(clientProxies({ env })).toEqual({ httpsProxy: 'http://proxy.test:3128', noProxy: `${DIRECT},intern.test` });
});

test('NO_PROXY alone is not a proxy', () => {
  expect(labEnvironment({ env: { NO_PROXY: 'intern.test' }, extraCa: null })).toEqual({});
});

test('certificates set the lab’s own bundle for each program that has a variable for it', () => {
  const environment = labEnvironment({ env: {}, extraCa: 'PEM' });
  expect(new Set(Object.values(environment))).toEqual(new Set(['/etc/ssl/certs/ca-certificates.crt']));
  expect(Object.keys(environment)).toEqual(
    expect.arrayContaining(['SSL_CERT_FILE', 'PIP_CERT', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS']),
  );
});
