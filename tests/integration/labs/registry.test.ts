import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveRegistry } from '../../../server/images/registry/lab-registry.ts';
import { registryNames } from '../../../server/images/registry/registry-names.ts';
import { imageContext } from '../images/scratch-instance.ts';
import { docker, imagesOf, minutes, newInstance, sh, startTestLab, type TestLab } from './test-lab.ts';

const HERE = 'http://10.213.0.1:5000/v2';
let instance: string;
let lab: TestLab;

beforeAll(async () => {
  instance = await newInstance();
  const images = imagesOf(instance);
  const registry = await images.registry(() => undefined, minutes(10));
  await images.courseImage('debian:bookworm-slim', () => undefined, minutes(10));
  lab = await startTestLab({ registry }, instance);
}, 700_000);

afterAll(async () => {
  await lab?.end();
  const names = registryNames(instance);
  await docker.getNetwork(names.network).remove();
  await rm(instance, { recursive: true, force: true });
});

test('the course’s images are pulled and used in builds under their own names', async () => {
  await sh(
    lab,
    'docker pull -q debian:bookworm-slim && printf "FROM debian:bookworm-slim\\nRUN echo built >/it\\n" | docker build -q -t mine -',
  );
  expect(await sh(lab, 'docker run --rm mine cat /it')).toBe('built');
});

test('a missing image fails, and the reason is named', async () => {
  await expect(sh(lab, 'docker pull -q debian:no-such-tag')).rejects.toThrow(/no such host|not found|manifest unknown/);
});

const digest = `curl -sI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' ${HERE}/library/debian/manifests/bookworm-slim | tr -d '\\r' | sed -n 's/^[Dd]ocker-[Cc]ontent-[Dd]igest: //p'`;

test.for([
  ['upload of a layer', `curl -sf -X POST ${HERE}/library/debian/blobs/uploads/`],
  ['change of a tag', `curl -sf -X PUT -H 'content-type: application/json' -d '{}' ${HERE}/library/debian/manifests/bookworm-slim`],
  ['removal of a tag', `curl -sf -X DELETE ${HERE}/library/debian/manifests/bookworm-slim`],
  ['removal of a manifest', `curl -sf -X DELETE ${HERE}/library/debian/manifests/$(${digest})`],
] as const)('refused by the registry: %s', async ([, command]) => {
  await expect(sh(lab, command)).rejects.toThrow(/exit/);
  expect(await sh(lab, digest)).toMatch(/^sha256:/);
});

test('a registry that moved to another address is found again', { timeout: 120_000 }, async () => {
  const network = docker.getNetwork(await networkOf(lab));
  const { container } = registryNames(instance);
  const before = await addressIn(network.id, container);
  await network.disconnect({ Container: container, Force: true });
  const squatter = await docker.createContainer({
    Image: lab.spec.image,
    Entrypoint: ['sleep', '300'],
    Labels: { 'escale.instance': instance },
    HostConfig: { NetworkMode: network.id, Init: true },
  });
  try {
    await squatter.start();
    await network.connect({ Container: container });
    expect(await addressIn(network.id, container)).not.toBe(before);
    await expect
      .poll(() => sh(lab, `curl -sf -m 2 ${HERE}/ && echo found`).catch(String), { timeout: 60_000, interval: 1000 })
      .toContain('found');
  } finally {
    await squatter.remove({ force: true });
  }
});

test('a running lab finds a registry that was recreated for other images', { timeout: 120_000 }, async () => {
  const empty = { kind: 'filled', with: 'built', store: `escale-images-test-${randomUUID()}` } as const;
  await serveRegistry(await imageContext(), registryNames(instance), empty, () => undefined, minutes(2));
  try {
    await expect
      .poll(() => sh(lab, `curl -s -m 2 -o /dev/null -w '%{http_code}' ${HERE}/library/debian/tags/list`).catch(String), {
        timeout: 60_000,
        interval: 1000,
      })
      .toBe('404');
  } finally {
    await docker.getContainer(registryNames(instance).container).remove({ force: true });
    await docker.getVolume(empty.store).remove();
  }
});

async function addressIn(network: string, container: string): Promise<string | undefined> {
  const seen = await docker.getContainer(container).inspect();
  return seen.NetworkSettings.Networks[network]?.IPAddress;
}

async function networkOf(one: TestLab): Promise<string> {
  const seen = await docker.getContainer(one.endpoint.container).inspect();
  return Object.keys(seen.NetworkSettings.Networks)[0] ?? '';
}
