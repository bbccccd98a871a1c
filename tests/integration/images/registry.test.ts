import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findLeftovers } from '../../../server/cli/clean/leftovers.ts';
import { courseImage } from '../../../server/images/course/catalogue.ts';
import { storeName } from '../../../server/images/registry/image-store.ts';
import { serveRegistry, supplyImage } from '../../../server/images/registry/lab-registry.ts';
import { createRegistryApi } from '../../../server/images/registry/registry-api.ts';
import { STORAGE_FOLDER } from '../../../server/images/registry/registry-container.ts';
import { runInImage } from './run-in-image.ts';
import { docker, imageContext, longEnough, publishedAt, quiet, scratchInstance } from './scratch-instance.ts';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const filled = scratchInstance();
const other = scratchInstance();
const cache = scratchInstance();
const context = await imageContext();
/** A store of this test's own: the machine's shared store may hold every image already. */
const built = { kind: 'filled', with: 'built', store: `escale-images-test-${randomUUID()}` } as const;

beforeAll(async () => {
  const served = await serveRegistry(context, filled.names, built, quiet, longEnough());
  for (const name of ['debian:bookworm-slim', 'python:3.11-slim'])
    await supplyImage(context, filled.names, served, courseImage(name), quiet, longEnough());
});
afterAll(async () => {
  await Promise.all([filled.remove(), other.remove(), cache.remove()]);
  await docker.getVolume(built.store).remove();
});

/** Everything put into the store so far, with the time. */
async function inStore(): Promise<string> {
  const { Config } = await docker.getContainer(filled.names.container).inspect();
  const binds = [`${built.store}:${STORAGE_FOLDER}:ro`];
  return runInImage(Config.Image, `find ${STORAGE_FOLDER} -type f -printf '%p %T@\\n' | sort`, { binds });
}

/** Tries every write operation of the registry's API with a valid body; returns the statuses. */
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
  it('holds all supplied images under every name, and lists them', async () => {
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

  it('replies that a tag does not exist', async () => {
    const answer = await fetch(`http://${await publishedAt(filled.names)}/v2/library/python/manifests/2.7-slim`);
    expect(answer.status).toBe(404);
  });

  it('is reused unchanged the next time, and after it was stopped', async () => {
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

  it('cannot write to its own store, and has no volume of its instance’s own', async () => {
    const { Mounts } = await docker.getContainer(filled.names.container).inspect();
    expect(Mounts).toMatchObject([{ Name: built.store, RW: false }]);
    await expect(docker.getVolume(filled.names.volume).inspect()).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('a store filled by another instance', () => {
  it('is served as it is, and not filled again', async () => {
    const before = await inStore();
    const served = await serveRegistry(context, other.names, built, quiet, longEnough());
    expect((await other.images.list()).filter(({ ready }) => ready)).toHaveLength(3);
    const lines: string[] = [];
    await supplyImage(context, other.names, served, courseImage('python:3.11-slim'), (line) => lines.push(line), longEnough());
    expect(lines).toEqual([]);
    expect(await inStore()).toBe(before);
  });

  it('belongs to no instance: it is removed with everything, not with one instance', async () => {
    const names = async (only: string | null) =>
      (await findLeftovers(docker, { only, stateDir: other.instance })).objects.map(({ name }) => name);
    expect(await names(null)).toContain(built.store);
    const own = await names(other.instance);
    expect(own).toContain(other.names.container);
    expect(own).not.toContain(built.store);
    await other.remove();
    expect((await docker.getVolume(built.store).inspect()).Name).toBe(built.store);
  });

  it('is another one if an image, the registry or the host’s settings differ', async () => {
    const host = { ...context.host, extraCa: 'another' };
    const names = [
      await storeName(context, 'built'),
      await storeName(context, 'official'),
      await storeName({ ...context, host }, 'built'),
      await storeName({ ...context, host }, 'official'),
    ];
    expect(new Set(names).size).toBe(4);
    expect(await storeName(await imageContext(), 'built')).toBe(names[0]);
  });
});

describe('cache in front of another registry', () => {
  beforeAll(async () => {
    const upstream = `http://${filled.names.container}:5000`;
    // A cache contacts its upstream once before it serves.
    await docker.createNetwork({ Name: cache.names.network, Labels: { ...cache.names.labels } });
    await docker.getNetwork(cache.names.network).connect({ Container: filled.names.container });
    await serveRegistry(context, cache.names, { kind: 'pull-through', remote: upstream }, quiet, longEnough());
  });

  it('refuses every write', async () => {
    expect(await tryToWrite(await publishedAt(cache.names))).toEqual([405, 405, 405, 405, 405]);
  });

  it('passes on the other registry’s images, and keeps them for when that one is gone', async () => {
    const address = await publishedAt(cache.names);
    const own = createRegistryApi(`http://${address}`);
    const theirs = createRegistryApi(`http://${await publishedAt(filled.names)}`);
    const digest = (await theirs.digest('library/python', '3.11-slim')) ?? '';
    expect(await own.digest('library/python', '3.11-slim')).toBe(digest);
    const content = await own.content('library/python', digest);
    // After passing an image on, the cache fetches it again a moment later, to store it.
    await vi.waitFor(() => isKept(address, digest), { timeout: 30_000, interval: 250 });
    await filled.images.stopRegistry();
    expect(await own.content('library/python', digest)).toEqual(content);
  });

  /** Fails until the cache's volume contains the image's configuration. A request to the cache would make it fetch the configuration. */
  async function isKept(address: string, digest: string): Promise<void> {
    const manifest = await fetch(`http://${address}/v2/library/python/manifests/${digest}`, { headers: { accept: MANIFEST } });
    const [, hex = ''] = String(Object(await manifest.json()).config.digest).split(':');
    const path = `${STORAGE_FOLDER}/cache/docker/registry/v2/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`;
    await docker.getContainer(cache.names.container).infoArchive({ path });
  }

  it('is listed as official', async () => {
    expect((await cache.images.list()).map(({ name, origin }) => `${name} ${origin}`)).toContain('python:3.11-slim official');
  });
});
