import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { z } from 'zod';
import { AGENT_PORT } from '../../../contract/agent.ts';
import type { Isolation } from '../../../contract/lab.ts';
import { SOURCE_CONTROL_PORT } from '../../../contract/source.ts';
import type { LabSpec } from './definitions.ts';
import { ISOLATION_LABEL, type ObjectNames, RECIPE_LABEL } from './object-names.ts';

/** Seconds the engine gives a lab to stop by itself: the lab's own engine gets 8 of them. */
export const STOP_SECONDS = 14;
export const AGENT_PORT_KEY = `${AGENT_PORT}/tcp`;
export const SOURCE_PORT_KEY = `${SOURCE_CONTROL_PORT}/tcp`;

/** All that the gate needs; a lab in a user namespace of its own takes none of it along. */
const GATE_CAPABILITIES = [
  'SYS_ADMIN',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'SETUID',
  'SETGID',
  'SETPCAP',
  'KILL',
];

/**
 * What the lab's engine needs beside them where no user namespace gives it more: the rest of Docker's default set, for its containers;
 * and to enter those whose user is not root (`docker exec`, health checks), whose processes it may not look at otherwise.
 */
const ENGINE_CAPABILITIES = ['FSETID', 'SETFCAP', 'SYS_CHROOT', 'MKNOD', 'NET_RAW', 'AUDIT_WRITE', 'SYS_PTRACE'];

const CAPABILITIES: Readonly<Record<Isolation, readonly string[]>> = {
  userns: GATE_CAPABILITIES,
  capabilities: [...GATE_CAPABILITIES, ...ENGINE_CAPABILITIES],
};

const profileSchema = z.looseObject({ syscalls: z.array(z.looseObject({ names: z.array(z.string()) })) });
const profile = profileSchema.parse(JSON.parse(readFileSync(new URL('../../../lab-stack/lab/gate/seccomp.json', import.meta.url), 'utf8')));

/** On cgroup v2 an engine shuts its containers off from devices by a BPF program, which it does without in a user namespace alone. */
const withoutBpf = profile.syscalls.map((rule) => ({ ...rule, names: rule.names.filter((name) => name !== 'bpf') }));

const DENY_LIST: Readonly<Record<Isolation, string>> = {
  userns: JSON.stringify(profile),
  capabilities: JSON.stringify({ ...profile, syscalls: withoutBpf }),
};

/**
 * How a lab's container is made. Nothing in it is secret and nothing changes from one start to the next; what does is in
 * `gateSettings`. The volumes are mounted outside of the lab's root, so that no link of the learner's is ever followed.
 */
export function containerRecipe(
  spec: LabSpec,
  names: ObjectNames,
  imageId: string,
  engineStore: string | null = null,
): ContainerCreateOptions {
  const recipe: ContainerCreateOptions = {
    Image: imageId,
    Hostname: 'gate',
    Labels: { ...names.labels, [ISOLATION_LABEL]: spec.isolation },
    StopTimeout: STOP_SECONDS,
    ExposedPorts: { [AGENT_PORT_KEY]: {}, [SOURCE_PORT_KEY]: {} },
    HostConfig: hostConfig(spec, names, engineStore),
  };
  const hash = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 16);
  return { ...recipe, name: names.container, Labels: { ...recipe.Labels, [RECIPE_LABEL]: hash } };
}

/** `CgroupnsMode` is part of the engine's API that the types lack. */
function hostConfig(spec: LabSpec, names: ObjectNames, engineStore: string | null): HostConfig & { CgroupnsMode: 'private' } {
  return {
    Init: true,
    NetworkMode: names.network,
    PortBindings: { [AGENT_PORT_KEY]: [onLoopback()], [SOURCE_PORT_KEY]: [onLoopback()] },
    Mounts: [
      volume(names.home, '/volumes/home'),
      volume(names.engine, '/volumes/engine'),
      ...(engineStore === null ? [] : [{ ...volume(engineStore, '/volumes/images'), ReadOnly: true }]),
    ],
    CapDrop: ['ALL'],
    CapAdd: [...CAPABILITIES[spec.isolation]],
    SecurityOpt: [`seccomp=${DENY_LIST[spec.isolation]}`, 'apparmor=unconfined', 'label=disable'],
    // In a user namespace the lab's own /proc is refused where any of the container's is hidden; it is harmless there, being another user's.
    MaskedPaths: [],
    ReadonlyPaths: [],
    CgroupnsMode: 'private',
    Memory: spec.memoryBytes,
    MemorySwap: spec.memoryBytes,
    NanoCpus: Math.round(spec.cpus * 1e9),
    PidsLimit: spec.pids,
    LogConfig: { Type: 'json-file', Config: { 'max-size': '2m', 'max-file': '2' } },
  };
}

function onLoopback(): { HostIp: string; HostPort: string } {
  return { HostIp: '127.0.0.1', HostPort: '' };
}

function volume(source: string, target: string) {
  return {
    Type: 'volume' as const,
    Source: source,
    Target: target,
    VolumeOptions: { NoCopy: true, Labels: {}, DriverConfig: { Name: '', Options: {} } },
  };
}
