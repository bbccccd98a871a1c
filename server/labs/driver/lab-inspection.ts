import type { ContainerInspectInfo } from 'dockerode';
import { AGENT_PORT_KEY, SOURCE_PORT_KEY } from './container-recipe.ts';
import type { LabEndpoint, LabInspection } from './definitions.ts';
import { isolationOf } from './object-names.ts';

const KILLED = 137;
/** How a lab ends when it is asked to: by itself, by the engine's patience, or by the signal. */
const ENDED_ON_REQUEST = [0, KILLED, 143];

/** A lab as its container tells. A running one is taken for ready, unless this process is at the moment starting it. */
export function inspectionOf(id: string, seen: ContainerInspectInfo, starting: boolean): LabInspection {
  return { id, state: stateOf(seen, starting), endpoint: endpointOf(seen), isolation: isolationOf(seen.Config.Labels) };
}

function stateOf({ State: state }: ContainerInspectInfo, starting: boolean): LabInspection['state'] {
  if (starting) return 'starting';
  if (state.Running) return 'ready';
  // The engine also says so of a lab in which it killed some other process, long before the lab was asked to stop.
  const killedForMemory = state.OOMKilled && state.ExitCode === KILLED;
  if (killedForMemory || state.Dead || !ENDED_ON_REQUEST.includes(state.ExitCode)) return 'failed';
  return 'stopped';
}

/** Where a running lab is reached; null where it is not running. */
export function endpointOf(seen: ContainerInspectInfo): LabEndpoint | null {
  const agent = publishedUrl(seen, AGENT_PORT_KEY);
  const source = publishedUrl(seen, SOURCE_PORT_KEY);
  if (!seen.State.Running || agent === null || source === null) return null;
  return { container: seen.Id, agentUrl: agent, sourceControlUrl: source };
}

function publishedUrl(seen: ContainerInspectInfo, port: string): string | null {
  const bindings: ({ HostPort?: string } | undefined)[] = seen.NetworkSettings.Ports[port] ?? [];
  const published = bindings[0]?.HostPort;
  return published === undefined || published === '' ? null : `http://127.0.0.1:${published}`;
}
