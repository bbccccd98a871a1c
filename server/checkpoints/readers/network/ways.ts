import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { Address } from '../../network/definitions.ts';

/** What is asked: a port of a service's container, at the container's own address unless `published`, which is where the lab publishes it. */
export interface Target {
  readonly service: string;
  readonly port: number;
  readonly from?: 'inside' | 'published';
}

/** One way to a target. */
export interface Way {
  readonly from: 'inside' | 'published';
  readonly at: Address;
  /** As a learner writes it: `api:8000` between services, `localhost:8000` on the lab. */
  readonly host: string;
}

/** The ways to a port of a container, the best first: where its own address is out of reach, a published port is the same port. */
export function waysTo(container: ContainerFacts, { service, port, from = 'inside' }: Target): Way[] {
  const hosts = container.networks.includes('host') ? ['127.0.0.1'] : Object.values(container.addresses);
  const inside = hosts.map((host) => ({ from: 'inside' as const, at: { host, port }, host: `${service}:${port}` }));
  const published = container.ports
    .filter((one) => one.container === port)
    .map(({ host, address }) => ({
      from: 'published' as const,
      at: { host: listeningOn(address), port: host },
      host: `localhost:${host}`,
    }));
  return from === 'published' ? published : [...inside, ...published];
}

/** Where a port that is published on this address answers: another container may hold the same port of another address. */
function listeningOn(address: string): string {
  if (address === '::') return '::1';
  return address === '' || address === '0.0.0.0' ? '127.0.0.1' : address;
}
