import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { courseImage } from '../../../server/images/course/catalogue.ts';
import { serveRegistry, supplyImage } from '../../../server/images/registry/lab-registry.ts';
import { createRegistryApi } from '../../../server/images/registry/registry-api.ts';
import { docker, imageContext, longEnough, publishedAt, quiet, scratchInstance } from './scratch-instance.ts';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const filled = scratchInstance();
const cache = scratchInstance();
const context = await imageContext();
const built = { kind: 'filled', with: 'built' } as const;

beforeAll(async () => {
  const served = await serveRegistry(context, filled.names, built, quiet, longEnough());
  for (const name of ['debian:bookworm-slim', 'python:3.11-slim'])
    await supplyImage(context, filled.names, served, courseImage(name), quiet, longEnough());
});
afterAll(async () => {
  await Promise.all([filled.remove(), cache.remove()]);
});

/** Every way to write that the registry's API has, with what it would accept from others; answers the statuses. */
async function tryToWrite(address: string): Promise<number[]> {
  const ask = async (method: string, path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://${address}/v2/library/python/${path}`, { method, ...init });
  const own = await ask('GET', 'manifests/3.11-slim', { headers: { accept: MANIFEST } });
  const digest = own.headers.get('docker-content-digest') ?? '';
  const manifest = { body: await own.text(), headers: { 'content-type': MANIFEST } };
  const answers = [
    await ask('POST', 'blobs/uploads/'),
    await ask('POST', `blobs/uploads/?mount=${digest}&from=library/debian`),
    await ask('PUT', 'manifests/another-tag', manifest),
    await ask('DELETE', `manifests/${digest}`),
    await ask('DELETE', `blobs/${digest}`),
  ];
  return answers.map((answer) => answer.status);
}

describe('filled registry', () => {
  it('holds what it was supplied with under every name, and the list says so', async () => {
    const listed = await filled.images.list();
    const ready = listed.filter((image) => image.ready);
    expect(ready.map(({ name, origin }) => [name, origin])).toEqual([
      ['debian:bookworm-slim', 'built'],
      ['python:3.11-slim', 'built'],
      ['python:3.11-slim-bookworm', 'built'],
    ]);
    for (const { sizeBytes } of ready) expect(sizeBytes).toBeGreaterThan(10e6);
    expect(listed).toContainEqual({ name: 'postgres:15-alpine', origin: 'built', sizeBytes: 0, ready: false });
  });

  it('refuses every write', async () => {
    const address = await publishedAt(filled.names);
    const digest = (await createRegistryApi(`http://${address}`).digest('library/python', '3.11-slim')) ?? '';
    expect(await tryToWrite(address)).toEqual([405, 405, 405, 405, 405]);
    expect(await createRegistryApi(`http://${address}`).digest('library/python', '3.11-slim')).toBe(digest);
    expect(await createRegistryApi(`http://${address}`).digest('library/python', 'another-tag')).toBeNull();
  });

  it('says at once that a tag is not there', async () => {
    const begin = performance.now();
    const answer = await fetch(`http://${await publishedAt(filled.names)}/v2/library/python/manifests/2.7-slim`);
    expect(answer.status).toBe(404);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  it('is kept as it is the next time, and after it was stopped', async () => {
    const before = await docker.getContainer(filled.names.container).inspect();
    await serveRegistry(context, filled.names, built, quiet, longEnough());
    await filled.images.stopRegistry();
    await filled.images.stopRegistry();
    expect((await docker.getContainer(filled.names.container).inspect()).State.Running).toBe(false);
    const lines: string[] = [];
    const served = await serveRegistry(context, filled.names, built, quiet, longEnough());
    await supplyImage(context, filled.names, served, courseImage('python:3.11-slim'), (line) => lines.push(line), longEnough());
    expect(served.address).toBe(`${filled.names.container}:5000`);
    expect((await docker.getContainer(filled.names.container).inspect()).Id).toBe(before.Id);
    expect(lines).toEqual([]);
  });

  it('leaves no writable registry running', async () => {
    await expect(docker.getContainer(filled.names.filler).inspect()).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('cache in front of another registry', () => {
  beforeAll(async () => {
    const upstream = `http://${filled.names.container}:5000`;
    // A cache asks its upstream once before it serves at all.
    await docker.createNetwork({ Name: cache.names.network, Labels: { ...cache.names.labels } });
    await docker.getNetwork(cache.names.network).connect({ Container: filled.names.container });
    await serveRegistry(context, cache.names, { kind: 'pull-through', remote: upstream }, quiet, longEnough());
  });

  it('refuses every write', async () => {
    expect(await tryToWrite(await publishedAt(cache.names))).toEqual([405, 405, 405, 405, 405]);
  });

  it('gives what the other has, and keeps it for when the other is gone', async () => {
    const address = await publishedAt(cache.names);
    const own = createRegistryApi(`http://${address}`);
    const theirs = createRegistryApi(`http://${await publishedAt(filled.names)}`);
    const digest = (await theirs.digest('library/python', '3.11-slim')) ?? '';
    expect(await own.digest('library/python', '3.11-slim')).toBe(digest);
    const content = await own.content('library/python', digest);
    await filled.images.stopRegistry();
    // The cache writes what it passed on a moment after it has.
    await vi.waitFor(async () => expect(await own.content('library/python', digest)).toEqual(content), { timeout: 10_000, interval: 250 });
  });

  it('is listed as official', async () => {
    expect((await cache.images.list()).map(({ name, origin }) => `${name} ${origin}`)).toContain('python:3.11-slim official');
  });
});
