import type { ContainerFacts, ListeningSocket } from '../../../../server/lab-engine/definitions.ts';
import type { Actual, Declared } from '../../../../server/map/definitions.ts';
import { readDeclared } from '../../../../server/map/read-declared.ts';
import { composeSubject } from '../checkpoints/fakes/compose-subject.ts';
import { viewOf } from '../checkpoints/fakes/view-of.ts';

/** What a Compose file declares, as a lab would resolve it. */
export function declaredBy(compose: string, files: Record<string, string> = {}): Promise<Declared> {
  return readDeclared(viewOf(composeSubject(compose, files)));
}

/** An engine with these containers, each of which listens on the given ports. */
export function actualOf(containers: readonly ContainerFacts[], over: Partial<Actual> = {}, ports: Record<string, number[]> = {}): Actual {
  const sockets = (id: string): ListeningSocket[] => (ports[id] ?? []).map((port) => ({ port, loopback: false }));
  return {
    containers,
    networks: [],
    volumes: [],
    listening: new Map(containers.filter(({ state }) => state === 'running').map(({ id }) => [id, sockets(id)])),
    connections: new Map(),
    loads: new Map(),
    outdated: new Set(),
    nowMs: Date.now(),
    ...over,
  };
}
