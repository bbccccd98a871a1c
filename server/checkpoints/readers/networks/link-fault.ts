import { placeOf } from '../compose/read-compose.ts';
import { firstApart } from './apart.ts';
import type { NetworkFault } from './network-fault.ts';
import { sayNames } from './say-names.ts';
import { networksOf, type StackNetworks } from './stack-networks.ts';

export const JOIN = 'Sous chaque service, écrivez `networks:` et la liste des réseaux à rejoindre ; puis `docker compose up -d`';

/** Which services the file's networks leave out, or keep apart. Null if those that need each other are together. */
export function linkFault(networks: StackNetworks): NetworkFault | null {
  const { services, joined } = networks;
  const chosen = joined.filter(({ subnets }) => subnets.length > 0);
  const at = (name: string) => placeOf(services.project, name, 'networks');
  const [only] = chosen.every(({ members }) => members.length === 1) ? chosen : [];
  if (only) {
    const [member = ''] = only.members;
    return {
      code: 'network.joined-by-one',
      observed: `\`${member}\` est seul sur \`${only.key}\` : ce réseau ne relie rien`,
      where: at(member),
      look: JOIN,
    };
  }
  const apart = firstApart(services);
  if (apart) {
    const { from, to, here, there } = apart;
    const [first = ''] = from;
    const who = `${sayNames(from)} ${from.length > 1 ? 'doivent' : 'doit'} joindre \`${to}\`, sans réseau commun avec lui`;
    return {
      code: 'network.apart',
      observed: `${who} : \`${first}\` est sur ${sayNames(here)}, \`${to}\` sur ${sayNames(there)}`,
      where: at(here.includes('default') ? first : to),
      look: 'Deux services se joignent par leur nom quand ils ont un réseau en commun : ajoutez-le à celui qui ne l’a pas.',
    };
  }
  const outside = unlinked(networks);
  if (outside.length === 0) return null;
  const stay = `${sayNames(outside)} ${outside.length > 1 ? 'restent' : 'reste'} sur \`default\``;
  const observed = `${stay}, hors de ${sayNames(chosen.map(({ key }) => key))}`;
  return { code: 'network.joined-by-some', observed, where: at(outside[0] ?? ''), look: JOIN };
}

/** The services of the brief that are on no declared network. */
function unlinked({ services, own }: StackNetworks): string[] {
  const keys = own.map(({ key }) => key);
  const core = Object.values(services.of).filter((one) => one !== null);
  return core.filter((one) => !networksOf(services, one).some((key) => keys.includes(key))).map(({ name }) => name);
}
