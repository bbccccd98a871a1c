import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createEngineImages, IMAGE_LABEL } from '../../server/images/build/engine-images.ts';
import { docker, REPO_ROOT } from '../integration/labs/test-lab.ts';

const run = promisify(execFile);
const DISK = '12G';
/** The folders and packages that the tests import, directly or not. */
const SOURCES = ['contract', 'server', 'agent', 'lab-stack', 'tests', 'setup', 'node_modules', 'package.json', 'vitest.config.ts'];

/** Starts the engine without a network, loads /image.tar, ends the engine. */
const LOAD = `
dockerd --bridge=none --iptables=false --ip6tables=false >/var/log/dockerd.log 2>&1 &
for _ in $(seq 600); do docker info >/dev/null 2>&1 && break; sleep 0.1; done
docker load -q -i /image.tar || { tail -20 /var/log/dockerd.log; exit 1; }
kill $!
wait $!
`;

export interface Guest {
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
}

export interface GuestParts {
  readonly system: string;
  readonly labImage: string;
  /** Test files, relative to the repository. */
  readonly tests: readonly string[];
}

/** Creates the guest's disk in `folder`: its system, this repository, Node, and the lab image in its engine, since it has no network. */
export async function makeGuest(folder: string, { system, labImage, tests }: GuestParts): Promise<Guest> {
  const root = join(folder, 'root');
  await mkdir(root);
  await createEngineImages(docker).export(system, (tar) => extract(tar, root));
  await mkdir(join(root, 'escale'));
  await run('cp', ['-a', ...SOURCES.map((name) => join(REPO_ROOT, name)), join(root, 'escale')]);
  await mkdir(join(root, 'opt/node/bin'), { recursive: true });
  await copyFile(process.execPath, join(root, 'opt/node/bin/node'));
  await copyFile(join(import.meta.dirname, 'guest/init'), join(root, 'guest-init'));
  await chmod(join(root, 'guest-init'), 0o755);
  await writeFile(join(root, 'lab-image'), labImage);
  await writeFile(join(root, 'tests'), tests.join(' '));
  await fillEngine(folder, join(root, 'var/lib/docker'), { system, labImage });
  const disk = join(folder, 'disk.img');
  await run('mke2fs', ['-q', '-t', 'ext4', '-d', root, disk, DISK]);
  const boot = await readdir(join(root, 'boot'));
  const file = (prefix: string): string => join(root, 'boot', boot.find((name) => name.startsWith(prefix)) ?? prefix);
  return { disk, kernel: file('vmlinuz-'), initrd: file('initrd.img-') };
}

/** Loads the image into the guest's engine before the guest boots: verifying some 900 MB takes minutes in an emulated guest. */
async function fillEngine(folder: string, store: string, { system, labImage }: Pick<GuestParts, 'system' | 'labImage'>): Promise<void> {
  const image = join(folder, 'image.tar');
  await pipeline(await docker.getImage(labImage).get(), createWriteStream(image));
  const container = await docker.createContainer({
    Image: system,
    Cmd: ['bash', '-c', LOAD],
    Labels: { [IMAGE_LABEL]: 'cgroup2-guest' },
    HostConfig: {
      Binds: [`${store}:/var/lib/docker`, `${image}:/image.tar:ro`],
      CapAdd: ['SYS_ADMIN', 'NET_ADMIN'],
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
      NetworkMode: 'none',
    },
  });
  try {
    await container.start();
    const { StatusCode } = await container.wait();
    const output = await container.logs({ stdout: true, stderr: true });
    if (StatusCode !== 0) throw new Error(`the guest’s engine did not take the lab image:\n${output.toString('utf8')}`);
  } finally {
    await container.remove({ force: true });
    await rm(image);
  }
}

async function extract(tar: Readable, root: string): Promise<void> {
  const program = spawn('tar', ['-x', '--numeric-owner', '-C', root], { stdio: ['pipe', 'inherit', 'inherit'] });
  const exit = once(program, 'exit');
  await pipeline(tar, program.stdin);
  const [code] = await exit;
  if (code !== 0) throw new Error(`tar ended with ${code}`);
}
