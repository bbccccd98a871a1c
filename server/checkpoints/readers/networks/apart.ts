import type { ComposeServices, Service } from '../compose/compose-services.ts';
import { networksOf } from './stack-networks.ts';

/** A service that others need, and with which they have no network in common. */
export interface Apart {
  readonly from: readonly string[];
  readonly to: string;
  /** The keys of the networks of the first one, and of the other. */
  readonly here: readonly string[];
  readonly there: readonly string[];
}

/** The first service that others cannot reach, although they are told to. */
export function firstApart(services: ComposeServices): Apart | null {
  for (const to of services.all) {
    const there = networksOf(services, to);
    const cannot = services.all.filter(
      (from) => from !== to && needs(services, from, to) && !networksOf(services, from).some((key) => there.includes(key)),
    );
    const [first] = cannot;
    if (first) return { from: cannot.map(({ name }) => name), to: to.name, here: networksOf(services, first), there };
  }
  return null;
}

/** Whether a variable of a service names the other one as a host, or it waits for one of the databases. */
function needs({ of }: ComposeServices, { service }: Service, to: Service): boolean {
  const isBase = [of.postgres, of.mongodb, of.redis].includes(to);
  if (isBase && to.name in service.depends_on) return true;
  const names = [to.name, ...(to.service.container_name ? [to.service.container_name] : [])].map(escaped);
  const host = new RegExp(`(^|[@/,\\s])(${names.join('|')})(?!://)(?=[:/,\\s]|$)`);
  return Object.values(service.environment).some((value) => value !== null && host.test(value));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
