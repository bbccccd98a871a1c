import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Docker from 'dockerode';
import pino from 'pino';
import type { Isolation } from '../../../contract/lab.ts';
import type { LabImages } from '../../../server/images/definitions.ts';
import { createLabImages } from '../../../server/images/lab-images.ts';
import type { LabAgent } from '../../../server/labs/agents/definitions.ts';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';
import type { LabEndpoint, LabSpec } from '../../../server/labs/driver/definitions.ts';
import { LocalLabDriver } from '../../../server/labs/driver/local-lab-driver.ts';

export const REPO_ROOT = resolve(import.meta.dirname, '../../..');
export const docker = new Docker();
const GIB = 1024 ** 3;

/** A lab for one test file, with everything needed to inspect it. */
export interface TestLab {
  readonly driver: LocalLabDriver;
  readonly spec: LabSpec;
  readonly instance: string;
  readonly endpoint: LabEndpoint;
  readonly agent: LabAgent;
  /** Removes it with its volumes and its state folder. */
  readonly end: () => Promise<void>;
}

export function minutes(count: number): AbortSignal {
  return AbortSignal.timeout(count * 60_000);
}

/** The product's own lab image, built if missing. Without a network to build it, the image named by the environment. */
export async function labImage(isolation: Isolation = 'userns'): Promise<string> {
  const brought = process.env.ESCALE_TEST_LAB_IMAGE;
  if (brought !== undefined) return brought;
  return await imagesOf('/nonexistent', isolation).labImage(() => undefined, minutes(10));
}

/** The images of a state folder, prepared as the server does. */
export function imagesOf(instance: string, isolation: Isolation = 'userns'): LabImages {
  return createLabImages({ docker, instance, repoRoot: REPO_ROOT, isolation, mayInstall: true, log: pino({ level: 'silent' }) });
}

export async function newInstance(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'escale-labs-'));
}

export async function labSpec(change: Partial<LabSpec> = {}): Promise<LabSpec> {
  return {
    id: `t${randomBytes(3).toString('hex')}`,
    image: await labImage(change.isolation),
    isolation: 'userns',
    memoryBytes: 2 * GIB,
    cpus: Math.min(2, availableParallelism()), // the engine refuses more than it has
    pids: 2000,
    openFiles: 8192,
    agentToken: randomBytes(24).toString('hex'),
    sourceToken: randomBytes(24).toString('hex'),
    registry: null,
    allow: [],
    env: {},
    extraCa: null,
    ...change,
  };
}

export async function startTestLab(change: Partial<LabSpec> = {}, sharedInstance?: string): Promise<TestLab> {
  const instance = sharedInstance ?? (await newInstance());
  const driver = new LocalLabDriver(docker, instance);
  const spec = await labSpec(change);
  const endpoint = await driver.start(spec, () => undefined, minutes(2));
  const agent = createLabAgent({ url: endpoint.agentUrl, token: spec.agentToken });
  const end = async () => {
    await driver.remove(spec.id, minutes(2));
    if (sharedInstance === undefined) await rm(instance, { recursive: true, force: true });
  };
  return { driver, spec, instance, endpoint, agent, end };
}

/** Runs a shell script in the lab through its agent; throws with its output if it fails. */
export async function sh(lab: Pick<TestLab, 'agent'>, script: string, user: 'dataeng' | 'root' = 'dataeng'): Promise<string> {
  const result = await lab.agent.exec({ argv: ['bash', '-c', script], user, cwd: '.', env: {}, timeoutMs: 120_000 });
  if (result.code !== 0) throw new Error(`exit ${result.code}: ${script}\n${result.stdout}\n${result.stderr}`);
  return result.stdout.trim();
}

/** A script that builds `mini`, a small image from the lab's own programs (bash, python3, the usual tools), for labs without a registry. */
export const MAKE_MINI = `
set -eu
docker image inspect mini >/dev/null 2>&1 && exit 0
cd "$(mktemp -d)"
programs="bash sh env cat ls id sleep echo mkdir mknod mount umount chmod touch rm head python3 nsenter unshare chroot ip ping curl getent grep httpd"
for program in $programs; do
  path=$(type -P $program) || continue
  cp --parents -L "$path" .
  { ldd "$path" 2>/dev/null | grep -o '/[^ ]*' || :; } | sort -u | while read -r library; do cp --parents -L "$library" .; done
done
mkdir -p usr/lib/python3 etc tmp proc sys dev root
chmod 1777 tmp
python3 -c 'import sys; print(sys.prefix + "/lib/python%d.%d" % sys.version_info[:2])' | while read -r library; do
  cp -r --parents "$library" .
  ldd "$library"/lib-dynload/*.so | grep -o '/[^ ]*\\.so[^ :]*' | sort -u | while read -r one; do cp --parents -L "$one" .; done
done
ln -sf python3 usr/bin/python 2>/dev/null || :
[ -e bin ] || ln -s usr/bin bin
printf 'root:x:0:0::/root:/bin/bash\\n' >etc/passwd
tar -c . | docker import --change 'ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin' - mini >/dev/null
`;
