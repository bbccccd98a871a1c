import Docker from 'dockerode';
import { z } from 'zod';
import { ask } from './ask.ts';
import type { LabShell, LabStack, Usage } from './definitions.ts';
import { listContainers } from './docker-containers.ts';
import { listNetworks } from './docker-networks.ts';
import { listeningSockets } from './listening-sockets.ts';
import { openConnections } from './open-connections.ts';
import { text } from './reply-text.ts';

const volumesSchema = z.object({
  Volumes: z
    .array(z.object({ Name: text }))
    .max(5000)
    .nullish(),
});

const pidSchema = z.object({ State: z.object({ Pid: z.number().int().nonnegative().default(0) }) });

const statsSchema = z.object({
  cpu_stats: z.object({
    cpu_usage: z.object({ total_usage: z.number().nonnegative() }),
    system_cpu_usage: z.number().nonnegative().default(0),
    online_cpus: z.number().nonnegative().default(1),
  }),
  memory_stats: z.object({ usage: z.number().nonnegative().default(0), stats: z.record(z.string(), z.number()).nullish() }),
});

/** Reads the stack from a lab's engine, and its sockets from the kernel. */
export function dockerLabStack(lab: LabShell & { readonly dockerOptions: Docker.DockerOptions }): LabStack {
  const docker = new Docker(lab.dockerOptions);
  return {
    containers: () => listContainers(docker),
    networks: () => listNetworks(docker),
    volumes: async () => (volumesSchema.parse(await ask(docker.listVolumes())).Volumes ?? []).map(({ Name }) => Name),
    pid: async (id) => pidSchema.parse(await ask(docker.getContainer(id).inspect(), { absent: { State: {} } })).State.Pid,
    listening: (pids) => listeningSockets(lab, pids),
    connections: (pids) => openConnections(lab, pids),
    usage: (id) => usage(docker, id),
  };
}

/** The memory without the files that the kernel may drop, as `docker stats` counts it. */
async function usage(docker: Docker, id: string): Promise<Usage | null> {
  const answer = await ask(docker.getContainer(id).stats({ stream: false, 'one-shot': true }), { absent: null, also: [409] });
  const parsed = statsSchema.safeParse(answer);
  if (!parsed.success) return null; // The engine has no figures for a container that has just ended.
  const { cpu_stats, memory_stats } = parsed.data;
  const cache = memory_stats.stats?.inactive_file ?? memory_stats.stats?.total_inactive_file ?? 0;
  return {
    cpuNs: cpu_stats.cpu_usage.total_usage,
    systemNs: cpu_stats.system_cpu_usage,
    cpus: cpu_stats.online_cpus,
    memoryBytes: Math.max(0, memory_stats.usage - cache),
  };
}
