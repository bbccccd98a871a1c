import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../../server/environment.ts';
import { engineAddresses, findHostEngine } from '../../../../server/host/host-engine.ts';
import { LabHostFinder } from '../../../../server/labs/service/lab-host.ts';
import { FakeDriver } from '../fakes/fake-driver.ts';
import { FAKE_IMAGES } from '../fakes/fake-labs.ts';

let dir: string;
let engine: Server | null = null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'escale-engine-'));
});
afterEach(async () => {
  await stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Answers a ping as an engine does. */
async function listen(): Promise<void> {
  engine = createServer((_request, response) => response.end('OK')).listen(join(dir, 'docker.sock'));
  await once(engine, 'listening');
}

async function stop(): Promise<void> {
  engine?.closeAllConnections();
  engine?.close();
  engine = null;
}

describe('the engine of this machine', () => {
  it('is searched for at DOCKER_HOST if set, else in the usual places', () => {
    const home = { HOME: '/home/ana' };
    expect(engineAddresses(readEnvironment({ ...home, DOCKER_HOST: 'tcp://127.0.0.1:2375' }), 'linux')).toEqual(['tcp://127.0.0.1:2375']);
    expect(engineAddresses(readEnvironment(home), 'linux')).toEqual(
      expect.arrayContaining(['unix:///var/run/docker.sock', 'unix:///home/ana/.docker/run/docker.sock']),
    );
    expect(engineAddresses(readEnvironment(home), 'win32')[0]).toBe('npipe:////./pipe/docker_engine');
  });

  it('is the first that answers', async () => {
    await listen();
    const found = await findHostEngine(['ssh://not-for-us', `unix://${dir}/none.sock`, `unix://${dir}/docker.sock`]);
    expect(found?.address).toBe(`unix://${dir}/docker.sock`);
    expect(await findHostEngine([`unix://${dir}/none.sock`])).toBeNull();
  });

  it('is found when it starts, kept while it answers, and dropped when it stops', async () => {
    let composed = 0;
    const finder = new LabHostFinder([`unix://${dir}/docker.sock`], async () => {
      composed++;
      return { driver: new FakeDriver(), images: FAKE_IMAGES, memoryBytes: 1, cpus: 1 };
    });
    await expect(finder.require()).rejects.toMatchObject({ code: 'engine.unreachable', message: expect.stringContaining(dir) });
    await listen();
    const [one, two] = await Promise.all([finder.require(), finder.require()]);
    expect([await finder.require(), two]).toEqual([one, one]);
    expect(composed).toBe(1);
    await stop();
    expect(await finder.find()).toBeNull();
  });
});
