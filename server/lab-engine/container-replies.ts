import { isIP } from 'node:net';
import { z } from 'zod';
import type { ContainerFacts, ContainerMount } from './definitions.ts';
import { list, text } from './reply-text.ts';

const map = z
  .record(text, text)
  .nullish()
  .transform((value) => value ?? {});

const STATES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;

export const containerListSchema = z
  .array(
    z.object({
      Id: z.string().max(200),
      Created: z.number(),
      Labels: map,
    }),
  )
  .max(5000);

export const containerInspectSchema = z.object({
  Id: z.string().max(200),
  Name: text,
  Created: text,
  Image: text,
  Path: text.default(''),
  Args: list,
  RestartCount: z.number().default(0),
  State: z.object({
    Status: z.enum(STATES),
    ExitCode: z.number(),
    Error: text.default(''),
    OOMKilled: z.boolean().default(false),
    StartedAt: text,
    FinishedAt: text,
    Health: z
      .object({
        Status: text,
        Log: z
          .array(z.object({ Output: z.string() }))
          .max(100)
          .nullish(),
      })
      .nullish(),
  }),
  Config: z.object({ Image: text, User: text.nullish(), Env: list, Labels: map }),
  Mounts: z
    .array(z.object({ Type: text, Name: text.optional(), Source: text.default(''), Destination: text, RW: z.boolean().default(true) }))
    .max(500)
    .nullish(),
  NetworkSettings: z.object({
    Networks: z.record(text, z.object({ IPAddress: text.nullish(), GlobalIPv6Address: text.nullish() }).nullish()).nullish(),
    Ports: z
      .record(
        text,
        z
          .array(z.object({ HostIp: text, HostPort: text }))
          .max(100)
          .nullish(),
      )
      .nullish(),
  }),
});

type Inspect = z.infer<typeof containerInspectSchema>;

const HEALTH_OUTPUT = 2000;

export function toContainer(container: Inspect): ContainerFacts {
  const { State, Config } = container;
  return {
    id: container.Id,
    name: container.Name.replace(/^\//, ''),
    image: container.Image,
    imageName: Config.Image,
    labels: Config.Labels,
    state: State.Status,
    exitCode: State.ExitCode,
    error: State.Error,
    oomKilled: State.OOMKilled,
    restarts: container.RestartCount,
    createdMs: milliseconds(container.Created),
    startedMs: milliseconds(State.StartedAt),
    finishedMs: milliseconds(State.FinishedAt),
    health: healthOf(State.Health),
    user: Config.User ?? '',
    env: Config.Env,
    mounts: (container.Mounts ?? []).map(toMount),
    command: [container.Path, ...container.Args],
    networks: Object.keys(container.NetworkSettings.Networks ?? {}),
    addresses: addressesOf(container.NetworkSettings.Networks ?? {}),
    ports: portsOf(container.NetworkSettings.Ports ?? {}),
  };
}

/** The engine writes « never » as year 1. */
function milliseconds(time: string): number {
  return Math.max(0, Date.parse(time) || 0);
}

/** A check that is turned off is said as `none`. */
function healthOf(health: Inspect['State']['Health']): ContainerFacts['health'] {
  const status = health?.Status;
  if (status !== 'starting' && status !== 'healthy' && status !== 'unhealthy') return null;
  return { status, lastOutput: (health?.Log?.at(-1)?.Output ?? '').slice(0, HEALTH_OUTPUT) };
}

function toMount(mount: NonNullable<Inspect['Mounts']>[number]): ContainerMount {
  const kind = mount.Type === 'bind' || mount.Type === 'volume' || mount.Type === 'tmpfs' ? mount.Type : 'other';
  return { kind, source: kind === 'volume' ? (mount.Name ?? '') : mount.Source, target: mount.Destination, writable: mount.RW };
}

/** Those that are IP addresses: the engine writes an empty one for a container that does not run. */
function addressesOf(networks: NonNullable<Inspect['NetworkSettings']['Networks']>): ContainerFacts['addresses'] {
  const addresses = Object.entries(networks).map(([name, network]) => [name, network?.IPAddress || network?.GlobalIPv6Address || '']);
  return Object.fromEntries(addresses.filter(([, address = '']) => isIP(address) !== 0));
}

function portsOf(ports: NonNullable<Inspect['NetworkSettings']['Ports']>): ContainerFacts['ports'] {
  return Object.entries(ports).flatMap(([inside, bindings]) =>
    (bindings ?? []).map(({ HostIp, HostPort }) => ({ container: Number.parseInt(inside, 10), host: Number(HostPort), address: HostIp })),
  );
}
