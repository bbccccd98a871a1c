import type { ComposeModel, ComposeService } from './model.ts';

/** Two services that publish one port of the machine: only the first can start. */
interface SharedPort {
  readonly port: string;
  readonly services: readonly [string, string];
}

type Port = ComposeService['ports'][number];

/** The first port that two services of a plain `up` publish. `starts`: whether `up` starts a service. */
export function sharedPort({ services }: ComposeModel, starts: (name: string) => boolean): SharedPort | null {
  const all = Object.entries(services)
    .filter(([name, { network_mode }]) => starts(name) && network_mode !== 'host')
    .flatMap(([name, { ports }]) => ports.map((port) => ({ name, port })));
  for (const [index, one] of all.entries()) {
    const other = all.slice(0, index).find(({ name, port }) => name !== one.name && clash(port, one.port));
    if (other) return { port: one.port.published, services: [other.name, one.name] };
  }
  return null;
}

/** A range lets the engine choose another port. */
function clash(one: Port, other: Port): boolean {
  const isPort = /^\d+$/.test(one.published) && one.published !== '0';
  return isPort && one.published === other.published && one.protocol === other.protocol && meet(one.host_ip, other.host_ip);
}

function meet(one: string, other: string): boolean {
  return one === other || [one, other].some((ip) => ip === '' || ip === '0.0.0.0' || ip === '::');
}

/** A published port of a service behind which its program does not listen. `listens`: the port of its program. */
export function deadPort({ ports }: ComposeService, listens: number): Port | null {
  const dead = ports.filter(({ target, protocol }) => protocol === 'tcp' && target !== listens);
  return dead.find(({ published }) => published !== '') ?? null;
}
