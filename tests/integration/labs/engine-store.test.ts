import { rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServedImage } from '../../../server/images/definitions.ts';
import { registryNames } from '../../../server/images/registry/registry-names.ts';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';
import { LocalEngineStores } from '../../../server/labs/driver/engine-stores.ts';
import { objectNames } from '../../../server/labs/driver/object-names.ts';
import { docker, imagesOf, labSpec, minutes, newInstance, sh, startTestLab, type TestLab } from './test-lab.ts';

const NAMES = ['debian:bookworm-slim', 'busybox:latest'];
const LIST = 'docker image ls --format "{{.Repository}}:{{.Tag}}" | sort';
/** Disk that the images may take in a new lab, in bytes. */
const SHARE_BYTES = 5e6;

const nothing = () => undefined;
let instance: string;
let registry: string;
let served: ServedImage[];
let stores: LocalEngineStores;
let store: string;

beforeAll(async () => {
  instance = await newInstance();
  const images = imagesOf(instance);
  registry = await images.registry(nothing, minutes(10));
  for (const name of NAMES) await images.courseImage(name, nothing, minutes(10));
  served = (await images.served()).filter(({ name }) => NAMES.includes(name));
  stores = new LocalEngineStores(docker, instance);
  store = made(await stores.prepare(served, await labSpec({ registry }), nothing, minutes(5)));
}, 900_000);

afterAll(async () => {
  const { container, network } = registryNames(instance);
  await docker.getContainer(container).remove({ force: true, v: true });
  await docker.getNetwork(network).remove();
  const { Volumes } = await docker.listVolumes();
  const sign = store.replace(/-[0-9a-f]{6}$/, '');
  for (const { Name } of Volumes.filter(({ Name: name }) => name.startsWith(sign))) await docker.getVolume(Name).remove();
  await rm(instance, { recursive: true, force: true });
}, 120_000);

function made(name: string | null): string {
  if (name === null) throw new Error('no store');
  return name;
}

async function withLab(engineStore: string, work: (lab: TestLab) => Promise<void>): Promise<void> {
  const lab = await startTestLab({ registry, engineStore }, instance);
  try {
    await lab.agent.engine('start');
    await work(lab);
  } finally {
    await lab.end();
  }
}

/** Runs a script as root of the host, with these volumes; returns what it prints. */
async function onHost(script: string, Binds: string[]): Promise<string> {
  const { image } = await labSpec();
  const printed = new PassThrough();
  const options = { Entrypoint: ['bash', '-ec'], Tty: true, HostConfig: { AutoRemove: true, Binds } };
  const [{ StatusCode }] = await docker.run(image, [script], printed, options);
  expect(StatusCode).toBe(0);
  return String(printed.read() ?? '').trim();
}

/** Of the names, owners, modes and contents of all files. */
async function digestOf(volume: string): Promise<string> {
  const digest = await onHost('tar -C /store --sort=name -c . | sha256sum', [`${volume}:/store:ro`]);
  expect(digest).toMatch(/^[0-9a-f]{64}/);
  return digest;
}

/** A copy of the store, changed by a script. */
async function copyOfStore(script: string): Promise<string> {
  const copy = `${store.slice(0, -6)}000000`;
  const { Labels } = await docker.getVolume(store).inspect();
  await docker.createVolume({ Name: copy, Labels: Labels ?? {} });
  await onHost(`cp -a /store/. /copy/; cd /copy; ${script}`, [`${store}:/store:ro`, `${copy}:/copy`]);
  return copy;
}

describe('an engine store', { timeout: 300_000 }, () => {
  it('is filled once, and found by every instance', async () => {
    const spec = await labSpec({ registry });
    expect(await stores.prepare(served, spec, nothing, minutes(5))).toBe(store);
    expect(await new LocalEngineStores(docker, '/another').find(served, spec)).toBe(store);
    expect(await stores.find(served.slice(1), spec)).toBeNull();
    expect(await stores.find(served, { ...spec, image: 'another' })).toBeNull();
  });

  it('gives a new lab its images at once and at next to no cost, whatever its learner or another lab does with them', async () => {
    await withLab(store, async (lab) => {
      expect(await sh(lab, LIST)).toBe(NAMES.toSorted().join('\n'));
      expect(Number(await sh(lab, 'du -sb /var/lib/docker | cut -f1', 'root'))).toBeLessThan(SHARE_BYTES);
      await withLab(store, async (neighbour) => {
        await sh(
          lab,
          `set -e
          docker run --name one debian:bookworm-slim sh -c 'echo mine >/etc/motd; rm /etc/debian_version'
          docker commit one mine
          printf 'FROM debian:bookworm-slim\\nRUN rm -r /usr/share && echo built >/it\\n' | docker build -q -t built -
          docker tag busybox:latest busybox:kept
          docker save built busybox:kept >/tmp/saved.tar
          docker rm one
          docker rmi busybox:latest busybox:kept built debian:bookworm-slim
          docker system prune -af --volumes`,
        );
        expect(await sh(lab, LIST)).toBe('');
        await lab.agent.engine('restart');
        expect(await sh(lab, LIST)).toBe('');
        expect(await sh(neighbour, `${LIST}; docker run --rm debian:bookworm-slim cat /etc/debian_version`)).toMatch(/12\.\d+$/);
      });
      await sh(lab, 'docker load -qi /tmp/saved.tar');
      expect(await sh(lab, 'docker run --rm built cat /it')).toBe('built');
      expect(await sh(lab, 'docker pull -q debian:bookworm-slim && docker run --rm debian:bookworm-slim cat /etc/debian_version')).toMatch(
        /12\.\d+$/,
      );
    });
  });

  it('is used by builds as the base, without the registry', async () => {
    await withLab(store, async (lab) => {
      await sh(lab, 'iptables -I OUTPUT -d 10.213.0.1 -p tcp --dport 5000 -j REJECT', 'root');
      const dockerfile = 'FROM debian:bookworm-slim\\nRUN echo built >/it\\n';
      await sh(lab, `printf '${dockerfile}' | docker build -q -t mine -`);
      expect(await sh(lab, 'docker run --rm mine cat /it')).toBe('built');
    });
  });

  it('cannot be written from a lab', async () => {
    const before = await digestOf(store);
    await withLab(store, async (lab) => {
      const layer = 'ls -d /opt/escale/images/overlay2/*/diff/etc | head -1';
      const write = 'touch /opt/escale/images/mine';
      for (const attempt of [
        write,
        `touch "$(${layer})/mine"`,
        `mount -o remount,rw /opt/escale/images; ${write}`,
        `mount -o remount,bind,rw /opt/escale/images; ${write}`,
        'mkdir /tmp/m && mount --bind /opt/escale/images /tmp/m && mount -o remount,bind,rw /tmp/m; touch /tmp/m/mine',
        `unshare -Ur --mount sh -c "mount -o remount,bind,rw /opt/escale/images; ${write}"`,
        'nsenter -t 1 -m -- touch /proc/1/root/opt/escale/images/mine',
        'docker run --rm -v /opt/escale/images:/i busybox touch /i/mine',
        'docker run --rm -v /opt/escale/images:/i:rw --user root busybox touch /i/mine',
        'docker run --rm -v /:/h busybox touch /h/opt/escale/images/mine',
        'docker run --rm -v /:/h --cap-add SYS_ADMIN busybox sh -c "mount -o remount,rw /h/opt/escale/images; touch /h/opt/escale/images/mine"',
        `docker run --rm -v /:/h busybox chroot /h sh -c 'for f in /var/lib/docker/overlay2/*/diff; do touch $f/mine; done'`,
        `docker run --name w debian:bookworm-slim touch /mine; docker export w >/dev/null; touch /var/lib/docker/overlay2/*/diff/etc/mine`,
        `${layer} | xargs -I{} mount -t overlay overlay -o lowerdir=/etc,upperdir={},workdir={}/../../work /mnt && touch /mnt/mine`,
        `rm -rf /opt/escale/images/overlay2/*; chmod -R 777 /opt/escale/images; umount /opt/escale/images; ${write}`,
      ]) {
        await sh(lab, `{ ${attempt}; } >/dev/null 2>&1 || :`, 'root');
      }
    });
    expect(await digestOf(store)).toBe(before);
  });

  it.each([
    ['is not complete', 'rm made-for'],
    ['was made for another engine', "sed -i 's/^dockerd .*/dockerd 1 1/' made-for"],
    ['has other owners', "sed -i 's/^ids .*/ids 0 200000 65536/' made-for"],
  ])('that %s is refused with the reason, and images come from the registry', async (_what, script) => {
    const copy = await copyOfStore(script);
    await withLab(copy, async (lab) => {
      expect(await sh(lab, 'cat /var/log/docker.log', 'root')).toMatch(/the store of images (is not complete|was made for another engine)/);
      expect(await sh(lab, LIST)).toBe('');
      expect(await sh(lab, 'docker run --rm busybox echo there')).toContain('there');
    });
    await docker.getVolume(copy).remove();
  });

  it('that somebody removed leaves files and volumes, and sets images and containers aside', async () => {
    const copy = await copyOfStore('echo another >name');
    const { driver, spec, agent, end } = await startTestLab({ registry, engineStore: copy }, instance);
    try {
      await agent.engine('start');
      await sh({ agent }, 'echo home >note; docker run --name one -v kept:/k busybox sh -c "echo kept >/k/it; echo inside >/root/it"');
      await driver.stop(spec.id, minutes(1));
      await docker.getContainer(objectNames(instance, spec.id).container).remove();
      await docker.getVolume(copy).remove();
      const { agentUrl } = await driver.start(spec, nothing, minutes(2));
      const again = { agent: createLabAgent({ url: agentUrl, token: spec.agentToken }) };
      await again.agent.engine('start');
      expect(await sh(again, 'cat note')).toBe('home');
      expect(await sh(again, 'docker ps -aq')).toBe('');
      expect(await sh(again, 'cat /var/log/docker.log', 'root')).toContain('was removed from the host');
      expect(await sh(again, 'cat /var/lib/docker/escale-lost-*/overlay2/*/diff/root/it', 'root')).toBe('inside');
      expect(await sh(again, 'docker run --rm -v kept:/k busybox cat /k/it')).toBe('kept');
    } finally {
      await end();
    }
  });

  it('goes on after a killed filling, and leaves nothing of it', async () => {
    const spec = await labSpec({ registry });
    const one = served.slice(0, 1);
    const abort = new AbortController();
    const killed = stores.prepare(one, spec, () => abort.abort(new Error('killed')), abort.signal);
    await expect(killed).rejects.toThrow();
    expect(await stores.find(one, spec)).toBeNull();
    const [first, second] = await Promise.all([
      stores.prepare(one, spec, nothing, minutes(5)),
      new LocalEngineStores(docker, `${instance}-twin`).prepare(one, spec, nothing, minutes(5)),
    ]);
    expect(second).toBe(first);
    const { Volumes } = await docker.listVolumes();
    const sign = made(first).replace(/-[0-9a-f]{6}$/, '');
    const left = Volumes.map(({ Name }) => Name).filter((name) => name.startsWith(sign));
    expect(left.toSorted()).toEqual([sign, first]);
    for (const name of left) await docker.getVolume(name).remove();
  });
});
