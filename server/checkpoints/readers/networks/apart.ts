import type { ComposeServices, Service } from '../compose/compose-services.ts';
import { networksOf } from './stack-networks.ts';

/** A service that needs another one, and has no network in common with it. */
export interface Apart {
  readonly from: string;
  readonly to: string;
  /** The keys of their networks. */
  readonly here: readonly string[];
  readonly there: readonly string[];
}

/** The first pair of services of which one cannot reach the other, although it is told to. */
export function firstApart(services: ComposeServices): Apart | null {
  for (const from of services.all) {
    for (const to of services.all) {
      if (from === to || !needs(services, from, to)) continue;
      const [here, there] = [networksOf(services, from), networksOf(services, to)];
      if (!here.some((key) => there.includes(key))) return { from: from.name, to: to.name, here, there };
    }
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
