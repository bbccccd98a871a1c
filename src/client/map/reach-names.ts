import type { DrawnMap, MapService } from '../../../contract/stack-map.ts';
import { type Answer, no } from './answer.ts';

type Ask = MapService['asks'][number];

const LOCAL = /^(localhost|127(\.\d+){3}|0\.0\.0\.0)$/;
const DESKTOP = /^(host|gateway)\.docker\.internal$/;
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Null: a name that the source uses, or may use, leads to the target. */
export function byName(map: DrawnMap, source: MapService, target: MapService): Answer | null {
  const led = source.elsewhere.find((name) => target.names.includes(name));
  if (led !== undefined)
    return no(
      'name-elsewhere',
      `Pour \`${source.name}\`, \`extra_hosts\` fait mener le nom \`${led}\` ailleurs.`,
      `Retirez \`${led}\` de \`extra_hosts\`.`,
    );
  if (source.asks.some(({ host }) => target.names.includes(host))) return null;
  const meant = source.asks.find((ask) => mayMean(map, ask, target));
  return meant === undefined ? null : misnamed(meant, target);
}

/** Whether a host that leads to no service, asked for at one of the target's ports, stands for it. */
function mayMean(map: DrawnMap, { host, port }: Ask, target: MapService): boolean {
  if (port === null || !portsOf(target).includes(port)) return false;
  if (LOCAL.test(host) || DESKTOP.test(host) || ADDRESS.test(host)) return true;
  return !host.includes('.') && !map.services.some(({ names }) => names.includes(host));
}

function portsOf({ ports, container }: MapService): number[] {
  const declared = ports.flatMap(({ inside, published }) => [inside, Number(published)]);
  return [...declared, ...(container?.listening ?? []).map(({ port }) => port), ...(container?.published ?? [])];
}

function misnamed({ variable, host }: Ask, { name, ports, container }: MapService): Answer {
  const right = ports[0]?.inside ?? container?.listening?.find(({ loopback }) => !loopback)?.port;
  const mend = `Écrivez le nom du service : \`${right === undefined ? name : `${name}:${right}`}\`.`;
  const asks = `Le réseau y mène, mais \`${variable}\` demande \`${host}\``;
  if (LOCAL.test(host)) return no('localhost', `${asks} : dans un conteneur, c’est le conteneur lui-même.`, mend);
  if (DESKTOP.test(host)) return no('host-of-desktop', `${asks} : ce nom mène à la machine, et seulement sous Docker Desktop.`, mend);
  if (ADDRESS.test(host)) return no('address-written', `${asks} : une adresse peut changer à chaque création du conteneur.`, mend);
  return no('name-unknown', `${asks} : aucun service ne porte ce nom.`, mend);
}
