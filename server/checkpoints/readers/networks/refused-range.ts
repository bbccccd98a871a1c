import type { NetworkFault } from './network-fault.ts';
import { firstAddress, holds, overlap, rangesOf, readRange } from './ranges.ts';
import type { OwnNetwork, StackNetworks } from './stack-networks.ts';

/** What `docker compose config` accepts and the engine refuses, whatever runs now. Null if there is nothing. */
export function refusedRange({ joined, others }: StackNetworks): NetworkFault | null {
  for (const network of joined) {
    const found = malformed(network) ?? sameInFile(network, joined) ?? taken(network, others);
    if (found) return found;
  }
  return null;
}

function malformed({ key, written, place }: OwnNetwork): NetworkFault | null {
  for (const { subnet, gateway } of written.ipam) {
    if (subnet === undefined) continue;
    const range = readRange(subnet);
    const where = place('ipam', 'config');
    const first = range?.family === 'ipv4' ? firstAddress(range) : range?.address;
    if (range === null || first !== range.address) {
      const rest = range === null ? 'une adresse et une longueur, `172.28.0.0/16`' : `sa première adresse : \`${first}/${range.bits}\``;
      const observed = `le sous-réseau \`${subnet}\` de \`${key}\` n’a pas la forme que le moteur accepte : il refuse de créer le réseau`;
      return { code: 'network.subnet-form', observed, where, look: `Une plage s’écrit par ${rest}.` };
    }
    if (gateway !== undefined && !holds(range, gateway)) {
      const observed = `la passerelle \`${gateway}\` de \`${key}\` est hors du sous-réseau \`${subnet}\` : le moteur refuse de créer le réseau`;
      const look = 'Prenez une adresse de la plage, ou retirez `gateway` : le moteur prend la première.';
      return { code: 'network.gateway-outside', observed, where, look };
    }
  }
  return null;
}

function sameInFile({ key, subnets, place }: OwnNetwork, joined: readonly OwnNetwork[]): NetworkFault | null {
  const before = joined.slice(
    0,
    joined.findIndex((one) => one.key === key),
  );
  const found = before.flatMap((other) => other.subnets.map((theirs) => ({ other, theirs }))).find(({ theirs }) => meets(subnets, theirs));
  if (!found) return null;
  const { other, theirs } = found;
  const observed = `\`${key}\` (${subnets.join(', ')}) et \`${other.key}\` (${theirs}) prennent les mêmes adresses : le second n’est pas créé (« Pool overlaps »)`;
  const look = 'Donnez à chaque réseau une plage à lui, ou ne choisissez que celle du premier.';
  return { code: 'network.collides', observed, where: place('ipam', 'config'), look };
}

/** Only a network that does not exist can collide: one that exists has its addresses. */
function taken({ key, subnets, actual, place }: OwnNetwork, others: StackNetworks['others']): NetworkFault | null {
  const found = others
    .flatMap(({ name, subnets: taken }) => taken.map((range) => ({ name, range })))
    .find(({ range }) => meets(subnets, range));
  if (actual !== null || !found) return null;
  const { name, range } = found;
  const observed = `le sous-réseau ${subnets.join(', ')} de \`${key}\` chevauche ${range}, que le réseau \`${name}\` de cette machine occupe déjà : \`docker compose up\` s’arrête sur « Pool overlaps », et le réseau n’existe pas`;
  const look = `Choisissez une autre plage, par exemple 10.89.0.0/24, ou retirez \`${name}\` s’il ne sert plus : \`docker network ls\` montre les réseaux, \`docker network inspect ${name}\` ses adresses.`;
  return { code: 'network.collides', observed, where: place('ipam', 'config'), look };
}

function meets(subnets: readonly string[], range: string): boolean {
  return rangesOf(subnets).some((one) => rangesOf([range]).some((other) => overlap(one, other)));
}
