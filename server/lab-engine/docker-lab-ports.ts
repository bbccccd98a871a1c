import Docker from 'dockerode';
import type { LabPorts, LabShell } from './definitions.ts';
import { listeningSockets } from './listening-sockets.ts';
import { publishedPorts } from './published-ports.ts';

/** Ports by the engine's own account, listening sockets by the kernel's. */
export function dockerLabPorts(lab: LabShell & { readonly dockerOptions: Docker.DockerOptions }): LabPorts {
  return {
    published: () => publishedPorts(new Docker(lab.dockerOptions)),
    listening: (pids) => listeningSockets(lab, pids),
  };
}
