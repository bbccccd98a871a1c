import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bootstrapDebian, canBootstrap } from '../../../server/images/base/bootstrap-debian.ts';
import { debianImage } from '../../../server/images/base/debian-image.ts';
import { contextFile } from '../../../server/images/build/build-context.ts';
import { createEngineImages } from '../../../server/images/build/engine-images.ts';
import { sweepGenerations, sweepVolumes } from '../../../server/images/build/sweep-generations.ts';
import { docker, imageContext, longEnough, quiet } from './scratch-instance.ts';

const images = createEngineImages(docker);
const tag = `escale/test-${randomBytes(4).toString('hex')}:1`;
const buildsDebian = await canBootstrap(true);
const image = { tag, role: 'test', title: 'Essai' };

/** The base image of the other tests. */
const base = `${tag}-base`;

beforeAll(async () => {
  await images.import({ ...image, tag: base }, writing(await smallTar()), longEnough(60));
});
afterAll(async () => {
  for (const name of [tag, base]) if (await images.has(name)) await docker.getImage(name).remove({ force: true });
});

function writing(tar: Buffer) {
  return async (output: NodeJS.WritableStream): Promise<void> => {
    output.write(tar);
  };
}

/** A tar with one small file. */
async function smallTar(): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: 'hello' }, 'there');
  tar.finalize();
  return Buffer.concat(await Array.fromAsync(tar, Buffer.from));
}

async function exportContainers(): Promise<number> {
  return (await docker.listContainers({ all: true, filters: { label: ['escale.image=export'], ancestor: [base] } })).length;
}

describe('import', () => {
  it('creates no image when the tar fails before its end, and throws the cause', async () => {
    const half = (await smallTar()).subarray(0, 300);
    const attempt = images.import(
      image,
      async (output) => {
        output.write(half);
        throw new Error('the mirror went away');
      },
      longEnough(30),
    );
    await expect(attempt).rejects.toThrow('the mirror went away');
    expect(await images.has(tag)).toBe(false);
  });

  it('stops when it is aborted, and creates no image', async () => {
    const stop = new AbortController();
    const attempt = images.import(
      image,
      async (output) => {
        await new Promise((resolve) => output.write(Buffer.alloc(512), resolve));
        stop.abort();
        await once(output, 'close');
      },
      stop.signal,
    );
    await expect(attempt).rejects.toThrow(/abort/i);
    expect(await images.has(tag)).toBe(false);
  });

  it('creates the image from the whole tar, with its label and its changes', async () => {
    await images.import({ ...image, changes: ['ENV HELLO=there'] }, writing(await smallTar()), longEnough(30));
    const { Config } = await docker.getImage(tag).inspect();
    expect(Config.Labels).toEqual({ 'escale.image': 'test', 'escale.made-at': expect.stringMatching(/^\d{4}-/) });
    expect(Config.Env).toContain('HELLO=there');
  });
});

describe('export', () => {
  it('leaves no container behind, whether its reader succeeds or fails', async () => {
    const failing = images.export(base, async () => {
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
    await images.export(base, async (tar) => {
      for await (const _ of tar);
    });
    expect(await exportContainers()).toBe(0);
  });
});

describe('build', () => {
  it.runIf(buildsDebian)('reports the output of the failed step', async () => {
    const context = await imageContext();
    const debian = await debianImage({ ...context, apt: context.host.apt }, 'trixie', quiet, longEnough());
    const files = [contextFile('Dockerfile', `FROM ${debian}\nRUN echo my last words; exit 3\n`)];
    const attempt = images.build({ ...image, tag: `${tag}-built`, files, buildArgs: {} }, longEnough(60));
    await expect(attempt).rejects.toMatchObject({
      message: expect.stringContaining('exit 3'),
      hint: expect.stringContaining('my last words'),
    });
  });

  it('reports the failed step', async () => {
    const files = [contextFile('Dockerfile', `FROM ${base}\nCOPY absent /\n`)];
    const attempt = images.build({ ...image, tag: `${tag}-built`, files, buildArgs: {} }, longEnough(60));
    await expect(attempt).rejects.toMatchObject({
      code: 'images.step-failed',
      kind: 'unavailable',
      message: expect.stringMatching(/absent/),
    });
    expect(await images.has(`${tag}-built`)).toBe(false);
  });
});

describe('aborted build', () => {
  it.runIf(buildsDebian)('stops the engine’s work', async () => {
    const context = await imageContext();
    const debian = await debianImage({ ...context, apt: context.host.apt }, 'trixie', quiet, longEnough());
    const mark = randomBytes(8).toString('hex');
    const files = [contextFile('Dockerfile', `FROM ${debian}\nRUN echo ${mark}; sleep 60\n`)];
    const running = (): number => commands().filter((command) => command.includes(`echo ${mark}`)).length;
    const stop = new AbortController();
    const attempt = expect(images.build({ ...image, tag: `${tag}-built`, files, buildArgs: {} }, stop.signal)).rejects.toThrow(/abort/i);
    await vi.waitFor(() => expect(running()).toBeGreaterThan(0), { timeout: 20_000, interval: 200 });
    stop.abort();
    await attempt;
    await vi.waitFor(() => expect(running()).toBe(0), { timeout: 20_000, interval: 200 });
  });
});

/** The command lines of this machine's processes, on which the engine runs too. */
function commands(): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')] : [];
    } catch {
      return [];
    }
  });
}

/** The engine dates what it makes to the second: until its clock shows the next one. */
async function nextSecond(): Promise<void> {
  const second = async () => Math.floor(Date.parse((await docker.info()).SystemTime) / 1000);
  const now = await second();
  await vi.waitFor(async () => expect(await second()).toBeGreaterThan(now), { timeout: 10_000 });
}

describe('sweepGenerations', () => {
  it('removes old images that have a newer one of the same role, unless in use or to be kept', async () => {
    const role = `sweep-${randomBytes(4).toString('hex')}`;
    const make = async (generation: number): Promise<string> => {
      const name = `escale/${role}:${generation}`;
      const files = [contextFile('Dockerfile', `FROM ${base}\nLABEL generation=${generation}\n`)];
      await images.build({ tag: name, role, title: name, files, buildArgs: {} }, longEnough(60));
      await nextSecond();
      return name;
    };
    const [used, old, kept, current] = [await make(1), await make(2), await make(3), await make(4)];
    const container = await docker.createContainer({ Image: used, Cmd: ['x'] });
    expect(await sweepGenerations(docker, [role], 3_600_000, kept)).toEqual([]);
    expect(await sweepGenerations(docker, [role], 0, kept)).toEqual([old]);
    expect(await Promise.all([used, old, kept, current].map(images.has))).toEqual([true, false, true, true]);
    await container.remove();
    expect(await sweepGenerations(docker, [role], 0, current)).toEqual([kept, used]);
    await docker.getImage(current).remove();
  });
});

describe('sweepVolumes', () => {
  it('removes old volumes that have a newer one of the same role, unless in use or to be kept', async () => {
    const role = `sweep-${randomBytes(4).toString('hex')}`;
    const make = async (generation: number): Promise<string> => {
      const name = `escale-${role}-${generation}`;
      await docker.createVolume({ Name: name, Labels: { 'escale.image': role } });
      await nextSecond();
      return name;
    };
    const [used, old, kept, current] = [await make(1), await make(2), await make(3), await make(4)];
    const container = await docker.createContainer({ Image: base, Cmd: ['x'], HostConfig: { Binds: [`${used}:/x`] } });
    expect(await sweepVolumes(docker, role, 3_600_000, kept)).toEqual([]);
    expect(await sweepVolumes(docker, role, 0, kept)).toEqual([old]);
    await container.remove();
    expect(await sweepVolumes(docker, role, 0, current)).toEqual([kept, used]);
    await docker.getVolume(current).remove();
  });
});

describe('bootstrap', () => {
  it.runIf(buildsDebian)('creates no image from a mirror that does not answer, and reports the program’s output', async () => {
    const apt = { archive: 'http://127.0.0.1:9/debian', security: null };
    const attempt = bootstrapDebian({ suite: 'trixie', apt, images, tag: `${tag}-debian` }, quiet, longEnough(120));
    await expect(attempt).rejects.toMatchObject({ code: 'images.program-failed', hint: expect.stringContaining('127.0.0.1') });
    expect(await images.has(`${tag}-debian`)).toBe(false);
  });
});
