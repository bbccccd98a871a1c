import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';
import { minutes, sh, startTestLab, type TestLab } from './test-lab.ts';

/** A certificate of no real authority: only its arrival matters. */
const CA = readFileSync(new URL('fixtures/other-ca.pem', import.meta.url), 'utf8');
const BODY = CA.split('\n')[1];
let lab: TestLab;

beforeAll(async () => {
  lab = await startTestLab({ extraCa: CA, env: { HTTP_PROXY: 'http://10.9.8.7:3128', NO_PROXY: 'intern.test' }, allow: ['10.9.8.7'] });
});

afterAll(async () => {
  await lab?.end();
});

const count = `grep -c '${BODY}' /etc/ssl/certs/ca-certificates.crt || true`;

test('the lab trusts the host’s certificates, each added once, also after the learner rebuilds the bundle', async () => {
  expect(await sh(lab, count)).toBe('1');
  expect(await sh(lab, 'echo "$SSL_CERT_FILE $PIP_CERT $REQUESTS_CA_BUNDLE $NODE_EXTRA_CA_CERTS" | tr " " "\\n" | sort -u')).toBe(
    '/etc/ssl/certs/ca-certificates.crt',
  );
  await sh(lab, 'update-ca-certificates --fresh >/dev/null 2>&1', 'root');
  expect(await sh(lab, count)).toBe('1');
});

test('proxies reach shells, sudo, the engine, its builds and its containers', async () => {
  expect(await sh(lab, 'echo $HTTP_PROXY $http_proxy')).toBe('http://10.9.8.7:3128 http://10.9.8.7:3128');
  expect(await sh(lab, 'sudo bash -lc "echo \\$http_proxy"')).toBe('http://10.9.8.7:3128');
  expect(await sh(lab, 'docker info --format "{{.HTTPProxy}} {{.NoProxy}}"')).toBe(
    'http://10.9.8.7:3128 localhost,127.0.0.1,10.213.0.1,source.datastream.test,intern.test',
  );
  expect(await sh(lab, 'jq -r .proxies.default.httpProxy ~/.docker/config.json && stat -c %U ~/.docker/config.json')).toBe(
    'http://10.9.8.7:3128\ndataeng',
  );
});

test('removed settings are taken back, and the learner’s own are kept', { timeout: 120_000 }, async () => {
  await sh(
    lab,
    'jq ".auths = {mine: {}}" ~/.docker/config.json >t && mv t ~/.docker/config.json && sudo sh -c "echo MINE=1 >>/etc/environment"',
  );
  await lab.driver.stop(lab.spec.id, minutes(1));
  const endpoint = await lab.driver.start({ ...lab.spec, env: {}, extraCa: null }, () => undefined, minutes(2));
  const agent = createLabAgent({ url: endpoint.agentUrl, token: lab.spec.agentToken });
  expect(await sh({ agent }, 'jq -c . ~/.docker/config.json; echo "[$HTTP_PROXY$SSL_CERT_FILE]"; grep MINE /etc/environment')).toBe(
    '{"auths":{"mine":{}}}\n[]\nMINE=1',
  );
});
