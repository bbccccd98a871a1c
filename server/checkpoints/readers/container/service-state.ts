import type { ContainerFacts } from '../../../lab-engine/definitions.ts';

/** How one container of the stack fares. */
export type ServiceState =
  | { readonly state: 'good' }
  | { readonly state: 'done' }
  | { readonly state: 'failed' }
  | { readonly state: 'starting' }
  | { readonly state: 'restarting' }
  | { readonly state: 'unhealthy' }
  | { readonly state: 'stopped' }
  /** Made, never started: what it waits for did not come, or the engine could not. */
  | { readonly state: 'not-started' }
  | { readonly state: 'port-taken'; readonly port: number | null }
  | { readonly state: 'cannot-start' };

/** Longer than Compose takes from making a container to starting it when all that it waits for is healthy. */
const PATIENCE_MS = 90_000;
/** A container that the engine started so often again has failed as often. */
const MANY_RESTARTS = 2;
/** One that was started again and still runs after so long has recovered. */
const RECOVERED_MS = 15_000;
/** One without a health check is taken to run once it did not end at once. */
const AT_ONCE_MS = 1500;
const SIGNALLED = [137, 143, 130];

export function serviceState(container: ContainerFacts, now: number): ServiceState {
  if (container.error !== '' && container.state !== 'running') return whyNotStarted(container);
  switch (container.state) {
    case 'created':
      return { state: now - container.createdMs < PATIENCE_MS ? 'starting' : 'not-started' };
    case 'restarting':
      return { state: container.restarts >= MANY_RESTARTS ? 'restarting' : 'starting' };
    case 'running':
      return running(container, now);
    case 'exited':
    case 'dead':
      if (container.exitCode === 0) return { state: 'done' };
      return { state: SIGNALLED.includes(container.exitCode) && !container.oomKilled ? 'stopped' : 'failed' };
    case 'paused':
    case 'removing':
      return { state: 'stopped' };
  }
}

function running(container: ContainerFacts, now: number): ServiceState {
  const began = (ms: number) => now >= container.startedMs && now - container.startedMs < ms;
  if (container.restarts > 0 && began(RECOVERED_MS)) return { state: container.restarts >= MANY_RESTARTS ? 'restarting' : 'starting' };
  if (container.health === null ? began(AT_ONCE_MS) : container.health.status === 'starting') return { state: 'starting' };
  return { state: container.health?.status === 'unhealthy' ? 'unhealthy' : 'good' };
}

function whyNotStarted({ error }: ContainerFacts): ServiceState {
  if (!/port is already allocated|address already in use|bind for/i.test(error)) return { state: 'cannot-start' };
  return { state: 'port-taken', port: Number(/:(\d+)(?: failed|: bind|-)/.exec(error)?.[1] ?? 0) || null };
}
