import type { DrawnMap } from '../../contract/stack-map.ts';
import { serviceOf } from '../checkpoints/readers/container/stack.ts';
import type { ContainerFacts } from '../lab-engine/definitions.ts';
import type { Actual } from './definitions.ts';

type Talk = DrawnMap['talks'][number];

const MOST = 200;

/**
 * Who talks to whom, by the connections of each container. Both sides have the same connection in their table; it counts once. The side whose
 * port listens is the one that is asked.
 */
export function seenTalks(
  containers: readonly ContainerFacts[],
  { listening, connections }: Pick<Actual, 'listening' | 'connections'>,
): Talk[] {
  const owner = new Map(containers.flatMap((one) => Object.values(one.addresses).map((address) => [address, serviceOf(one)] as const)));
  const seen = new Map<string, Talk & { readonly id: string }>();
  for (const container of containers) {
    const own = serviceOf(container);
    for (const { localPort, address, port, open } of connections.get(container.id) ?? []) {
      const other = owner.get(address);
      if (other === undefined) continue;
      const sockets = listening?.get(container.id);
      const asked = sockets === undefined ? localPort < port : sockets.some((socket) => socket.port === localPort);
      const talk = asked ? { from: other, to: own, port: localPort } : { from: own, to: other, port };
      const id = `${talk.from} ${asked ? port : localPort} ${talk.to} ${talk.port}`;
      const isOpen = open || (seen.get(id)?.open ?? 0) > 0;
      seen.set(id, { ...talk, id, open: isOpen ? 1 : 0 });
    }
  }
  const talks = new Map<string, Talk>();
  for (const { from, to, port, open } of seen.values()) {
    const key = `${from} ${to} ${port}`;
    talks.set(key, { from, to, port, open: (talks.get(key)?.open ?? 0) + open });
  }
  return [...talks.values()].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1)).slice(0, MOST);
}
