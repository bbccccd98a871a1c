import type Docker from 'dockerode';
import { z } from 'zod';
import { ask } from './ask.ts';
import type { PublishedPort } from './definitions.ts';
import { LOOK_LABEL } from './docker-image-files.ts';
import { TRIAL_LABEL } from './trial-names.ts';

/** Maximum number of containers, newest first. */
const CONTAINERS = 60;
const SERVICE = 'com.docker.compose.service';

const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});
const bindings = z
  .record(
    z.string().max(20),
    z
      .array(z.object({ HostPort: z.string().max(20) }))
      .max(100)
      .nullish(),
  )
  .nullish();

const listSchema = z.array(z.object({ Id: z.string().max(200), Created: z.number(), Labels: labels })).max(5000);

const inspectSchema = z.object({
  Name: z.string().max(300),
  State: z.object({
    Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    ExitCode: z.number().default(0),
    StartedAt: z.string().max(100),
    Pid: z.number().int().nonnegative().default(0),
  }),
  Config: z.object({ Labels: labels }),
  HostConfig: z.object({ PortBindings: bindings }),
  NetworkSettings: z.object({ Ports: bindings }),
});

/** The TCP ports that the lab's containers publish. If several containers publish a port: the running one, otherwise the newest. */
export async function publishedPorts(docker: Docker): Promise<PublishedPort[]> {
  const list = listSchema
    .parse(await ask(docker.listContainers({ all: true })))
    .filter(({ Labels }) => !(LOOK_LABEL in Labels) && !(TRIAL_LABEL in Labels))
    .sort((a, b) => b.Created - a.Created)
    .slice(0, CONTAINERS);
  const found = await Promise.all(list.map(({ Id }) => ask(docker.getContainer(Id).inspect(), { absent: null })));
  const ports = found.flatMap((container) => (container === null ? [] : portsOf(inspectSchema.parse(container))));
  const byPort = new Map<number, PublishedPort>();
  for (const port of ports) {
    const other = byPort.get(port.published);
    if (other === undefined || (port.state === 'running' && other.state !== 'running')) byPort.set(port.published, port);
  }
  return [...byPort.values()].sort((a, b) => a.published - b.published);
}

/** The requested ports, which are known also while the container is stopped, or the ports that the engine chose. */
function portsOf(container: z.output<typeof inspectSchema>): PublishedPort[] {
  const { State } = container;
  const all = [...Object.entries(container.HostConfig.PortBindings ?? {}), ...Object.entries(container.NetworkSettings.Ports ?? {})];
  const pairs = all.flatMap(([inside, hosts]) =>
    inside.endsWith('/tcp') ? (hosts ?? []).map(({ HostPort }) => `${HostPort}:${inside}`) : [],
  );
  return [...new Set(pairs)].flatMap((pair) => {
    const [published = 0, inside = 0] = pair.split(':').map((part) => Number.parseInt(part, 10));
    if (!isPort(published) || !isPort(inside)) return [];
    return {
      container: container.Name.replace(/^\//, ''),
      service: container.Config.Labels[SERVICE]?.slice(0, 300),
      published,
      inside,
      state: State.Status,
      exitCode: State.ExitCode,
      startedMs: Date.parse(State.StartedAt) || 0,
      pid: State.Status === 'running' ? State.Pid : 0,
    };
  });
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}
