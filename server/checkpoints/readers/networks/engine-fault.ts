import { placeOf } from '../compose/read-compose.ts';
import type { NetworkFault } from './network-fault.ts';
import { sayNames } from './say-names.ts';
import type { OwnNetwork, StackNetworks } from './stack-networks.ts';

/** How the engine's networks differ from the file's, while the stack runs. Null if they do not. */
export function engineFault(networks: StackNetworks): NetworkFault | null {
  const { services, joined } = networks;
  const absent = joined.find(({ actual }) => actual === null);
  if (absent)
    return {
      code: 'network.not-created',
      observed: `\`${absent.key}\` est dans le fichier, et le moteur n’a pas de réseau \`${absent.name}\` : la pile a démarré avant lui`,
      where: absent.place(),
      look: 'Relancez `docker compose up -d`, et lisez ce qu’il dit jusqu’au bout.',
    };
  const older = joined.find(isUnlike);
  if (older) {
    const { key, name, subnets, actual, written, place } = older;
    const told = (ranges: readonly string[], internal: boolean) => `${ranges.join(', ')}${internal ? ' (`internal`)' : ''}`;
    const there = told(actual?.subnets ?? [], actual?.internal ?? false);
    return {
      code: 'network.older',
      observed: `le réseau \`${name}\` est plus ancien que le fichier : il a ${there}, et le fichier donne à \`${key}\` ${told(subnets, written.internal)}`,
      where: place('ipam', 'config'),
      look: 'Un réseau ne change pas d’adresses, il est refait : `docker compose down`, puis `docker compose up -d` ; les volumes restent.',
    };
  }
  const behind = missingMembers(networks);
  if (behind === null) return null;
  const { network, members } = behind;
  const [join, whose] = members.length > 1 ? ['rejoignent', 'leurs conteneurs, plus anciens'] : ['rejoint', 'son conteneur, plus ancien'];
  return {
    code: 'network.not-rejoined',
    observed: `dans le fichier, ${sayNames(members)} ${join} \`${network.key}\`, mais pas ${whose} que le fichier`,
    where: placeOf(services.project, members[0] ?? '', 'networks'),
    look: 'Relancez `docker compose up -d` : Compose recrée les conteneurs dont les réglages ont changé.',
  };
}

/** Whether the engine's network has other addresses than the file gives it, or another way out. */
function isUnlike({ subnets, actual, written }: OwnNetwork): boolean {
  if (actual === null) return false;
  return subnets.some((subnet) => !actual.subnets.includes(subnet)) || actual.internal !== written.internal;
}

/** The services whose containers are not on a network that the file has them join. */
function missingMembers({ joined, containers }: StackNetworks): { network: OwnNetwork; members: string[] } | null {
  for (const network of joined) {
    const members = network.members.filter((name) => {
      const on = containers.get(name)?.networks ?? [];
      // A container that shares another's network lists none of its own.
      return on.length > 0 && !on.includes('host') && !on.includes(network.name);
    });
    if (members.length > 0) return { network, members };
  }
  return null;
}
