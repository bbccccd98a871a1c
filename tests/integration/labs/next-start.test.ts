import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';
import { docker, minutes, sh, startTestLab, type TestLab } from './test-lab.ts';

/** The learner, root in the lab, prepares files to mislead the next start, which the gate performs. */
let lab: TestLab;

beforeAll(async () => {
  lab = await startTestLab();
});

afterAll(async () => {
  await lab?.end();
});

/** SHA-256 of all programs and files of the gate, and of its configuration. */
async function gateDigest(): Promise<string> {
  const script =
    'find /opt/escale /etc /usr/sbin /usr/bin -xdev -type f ! -path "/etc/escale/*" -exec sha256sum {} + | sort | sha256sum; ls /volumes /opt/escale';
  const exec = await docker.getContainer(lab.endpoint.container).exec({ Cmd: ['bash', '-c', script], AttachStdout: true, Tty: true });
  let text = '';
  for await (const chunk of await exec.start({ hijack: true, stdin: false, Tty: true })) text += String(chunk);
  return text;
}

async function restarted() {
  await lab.driver.stop(lab.spec.id, minutes(1));
  const endpoint = await lab.driver.start(lab.spec, () => undefined, minutes(2));
  return createLabAgent({ url: endpoint.agentUrl, token: lab.spec.agentToken });
}

test.for([
  ['links where volumes and programs are mounted', 'mv /opt /opt.old; ln -s / /opt; rm -rf /srv; ln -s ../../../etc /srv'],
  [
    'links where the start writes',
    'for f in resolv.conf hosts hostname; do rm -f /etc/$f; ln -s /opt/escale/gate/gate /etc/$f; done; ln -sfn ../opt/escale/gate/gate /etc/environment',
  ],
  [
    'a parent of the volumes replaced',
    'mv /home /home.old; mkdir /home; ln -s /opt/escale/gate /home/dataeng; mv /var/lib /var/lib.old; ln -s /etc /var/lib',
  ],
  [
    'a link over the control groups and the shell of process 1',
    'rm -rf /sbin.x; ln -s /opt/escale/gate /sbin.x; printf "#!/bin/sh\\nid >/opt/escale/gate/stolen\\n" >/usr/local/sbin/ip; chmod +x /usr/local/sbin/ip',
  ],
] as const)('%s', { timeout: 240_000 }, async ([, script]) => {
  const before = await gateDigest();
  await sh(lab, script, 'root').catch(() => undefined);
  const failed = await restarted().then(
    () => null,
    (error: unknown) => error,
  );
  // The lab need not start, but the error must say why, and the gate must be unchanged.
  if (failed !== null) {
    expect(failed).toMatchObject({ code: expect.stringMatching(/^lab\./) });
    await lab.end();
    lab = await startTestLab();
    return;
  }
  const seen = await lab.driver.inspect(lab.spec.id);
  lab = {
    ...lab,
    endpoint: seen?.endpoint ?? lab.endpoint,
    agent: createLabAgent({ url: seen?.endpoint?.agentUrl ?? '', token: lab.spec.agentToken }),
  };
  expect(await gateDigest()).toBe(before);
});
