import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import Docker from 'dockerode';
import { afterEach, expect, it } from 'vitest';
import { DockerEngine } from '../../../../server/lab-engine/docker-engine.ts';
import { TRIAL_LABEL } from '../../../../server/lab-engine/trial-names.ts';

let server: Server;
afterEach(() => server.close());

async function engineThatSays(networks: unknown): Promise<DockerEngine> {
  server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(networks)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return new DockerEngine(new Docker({ host: '127.0.0.1', port: typeof address === 'object' ? address?.port : undefined }));
}

it('reads networks by name, with their ranges, and leaves those of trials out', async () => {
  const engine = await engineThatSays([
    { Name: 'host', Driver: 'host', IPAM: { Driver: 'default', Config: null }, Labels: null },
    { Name: 'trial', Driver: 'bridge', Labels: { [TRIAL_LABEL]: 't' } },
    {
      Name: 'data',
      Driver: 'bridge',
      Internal: true,
      IPAM: { Config: [{ Subnet: '172.28.0.0/16', Gateway: '172.28.0.1' }, {}] },
      Labels: {},
    },
  ]);
  expect(await engine.networks()).toEqual([
    { name: 'data', driver: 'bridge', internal: true, subnets: ['172.28.0.0/16'] },
    { name: 'host', driver: 'host', internal: false, subnets: [] },
  ]);
});

it('refuses what is no list of networks', async () => {
  const engine = await engineThatSays([{ Name: 7 }]);
  await expect(engine.networks()).rejects.toThrow();
});
