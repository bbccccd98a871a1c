import { criterion } from '../../criterion.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { evidence } from '../../readers/findings.ts';
import { firstApart } from '../../readers/networks/apart.ts';
import { missingMembers, sayNames, unlikeFile, unlinked } from '../../readers/networks/network-state.ts';
import { holds, isPublic, rangesOf } from '../../readers/networks/ranges.ts';
import { refusedRange } from '../../readers/networks/refused-range.ts';
import { gateways } from '../../readers/networks/routes.ts';
import { networksOf, stackNetworks } from '../../readers/networks/stack-networks.ts';

const JOIN = 'Sous chaque service, écrivez `networks:` et la liste des réseaux à rejoindre ; puis `docker compose up -d`';
const ANEW = '`docker compose down`, puis `docker compose up -d` : les volumes restent.';
/** A shorter prefix covers a large part of the private addresses. */
const WIDE = 16;

export const network = criterion('2.4/network', {
  needs: ['1.4/compose'],
  expected: 'un réseau déclaré, dont vous choisissez le sous-réseau, et que les services rejoignent vraiment',
  async read(view) {
    const networks = await stackNetworks(view);
    const { services, own, joined, containers } = networks;
    const chosen = joined.filter(({ subnets }) => subnets.length > 0);
    const routes = chosen.length > 0 ? await gateways(view) : [];
    return {
      own,
      joined,
      chosen,
      runs: containers.size > 0,
      host: services.all.find(({ service }) => service.network_mode === 'host')?.name,
      unjoined:
        chosen.length > 0
          ? undefined
          : (own.find(({ subnets, members }) => subnets.length > 0 && members.length === 0) ?? (joined.length === 0 ? own[0] : undefined)),
      refused: refusedRange(networks),
      outside: unlinked(networks),
      apart: firstApart(services),
      onDefault: services.all.filter((one) => networksOf(services, one).includes('default')).map(({ name }) => name),
      absent: joined.find(({ actual }) => actual === null),
      older: joined.find(unlikeFile),
      behind: missingMembers(networks),
      covering: chosen.find(({ subnets }) => rangesOf(subnets).some((range) => routes.some((route) => holds(range, route)))),
      service: (name: string, ...keys: string[]) => placeOf(services.project, name, ...keys),
      file: services.project.files[0] ?? '',
    };
  },
  where: ({ own, file }) => own[0]?.place() ?? { file },
  evidence: ({ joined }) =>
    joined.map(({ name, actual, members }) =>
      evidence(`docker network inspect ${name}`, `${actual?.subnets.join(', ') ?? 'absent'} ; ${members.join(', ')}`),
    ),
})
  .fault('network.none', ({ own }) => own.length === 0, {
    observed: 'le fichier Compose ne déclare aucun réseau : tous les services sont sur `default`, dont le moteur choisit les adresses',
    look: 'À la racine du fichier, sous `networks:`, déclarez `data-network` avec son `ipam`, puis faites-le rejoindre par les services.',
  })
  .fault('network.host-mode', ({ host }) => host, {
    observed: (_, host) =>
      `\`${host}\` est en \`network_mode: host\` : il est sur le réseau de la machine, où les noms des autres services n’existent pas`,
    where: ({ service }, host) => service(host, 'network_mode'),
    look: 'Retirez `network_mode` : `ports` suffit pour être joint de l’extérieur.',
  })
  .fault('network.not-joined', ({ unjoined }) => unjoined, {
    observed: ({ onDefault }, { key }) =>
      `\`${key}\` est déclaré, et aucun service ne le rejoint${onDefault.length > 0 ? ` : ${sayNames(onDefault)} ${onDefault.length > 1 ? 'sont' : 'est'} sur \`default\`` : ''}. Le moteur ne le crée même pas`,
    where: (_, { place }) => place(),
    look: JOIN,
  })
  .fault('network.external', ({ chosen, joined }) => chosen.length === 0 && joined.find(({ written }) => written.external), {
    observed: (_, { key, name }) =>
      `\`${key}\` est \`external\` : Compose prend le réseau \`${name}\` tel qu’il est, sans en choisir le sous-réseau ; ailleurs, la pile ne démarre pas`,
    where: (_, { place }) => place('external'),
    look: 'Retirez `external`, et donnez au réseau son `ipam`.',
  })
  .fault('network.driver', ({ joined }) => joined.find(({ written: { driver } }) => !['', 'bridge', 'default'].includes(driver)), {
    observed: (_, { key, written: { driver } }) => `\`${key}\` a le pilote \`${driver}\`${DRIVERS[driver] ?? ''}`,
    where: (_, { place }) => place('driver'),
    look: 'Sur une seule machine, c’est `driver: bridge`, le pilote que Compose prend de lui-même.',
  })
  .fault('network.no-subnet', ({ chosen, joined }) => chosen.length === 0 && joined[0], {
    observed: (_, { key }) => `\`${key}\` est rejoint, mais n’a pas de sous-réseau : le moteur choisit ses adresses`,
    where: (_, { place }) => place(),
    look: 'Ajoutez-lui `ipam`, `config`, puis `- subnet:` et une plage privée.',
  })
  .faultOf(({ refused }) => refused)
  .fault('network.joined-by-one', ({ chosen }) => chosen.every(({ members }) => members.length === 1) && chosen[0], {
    observed: (_, { key, members: [only = ''] }) => `\`${only}\` est seul sur \`${key}\` : ce réseau ne relie rien`,
    where: ({ service }, { members: [only = ''] }) => service(only, 'networks'),
    look: JOIN,
  })
  .fault('network.apart', ({ apart }) => apart, {
    observed: (_, { from, to, here, there }) =>
      `\`${from}\` doit joindre \`${to}\`, et n’a aucun réseau commun avec lui : \`${from}\` est sur ${sayNames(here)}, \`${to}\` sur ${sayNames(there)}`,
    where: ({ service }, { from, to, here }) => service(here.includes('default') ? from : to, 'networks'),
    look: 'Deux services se joignent par leur nom quand ils ont un réseau en commun : ajoutez-le à celui qui ne l’a pas.',
  })
  .fault('network.joined-by-some', ({ outside }) => outside.length > 0 && outside, {
    observed: ({ chosen }, outside) =>
      `${sayNames(outside)} ${outside.length > 1 ? 'restent' : 'reste'} sur \`default\`, hors de ${sayNames(chosen.map(({ key }) => key))}`,
    where: ({ service }, [first = '']) => service(first, 'networks'),
    look: JOIN,
  })
  .blocked('1.4/up', ({ runs }) => !runs, 'aucun conteneur de ce projet sur le moteur : le réseau n’existe pas encore')
  .fault('network.not-created', ({ absent }) => absent, {
    observed: (_, { key, name }) =>
      `\`${key}\` est dans le fichier, et le moteur n’a pas de réseau \`${name}\` : la pile a démarré avant lui`,
    where: (_, { place }) => place(),
    look: 'Relancez `docker compose up -d`, et lisez ce qu’il dit jusqu’au bout.',
  })
  .fault('network.older', ({ older }) => older, {
    observed: (_, { key, name, subnets, actual, written }) =>
      `le réseau \`${name}\` est plus ancien que le fichier : il a ${actual?.subnets.join(', ')}${actual?.internal ? ' (`internal`)' : ''}, et le fichier donne à \`${key}\` ${subnets.join(', ')}${written.internal ? ' (`internal`)' : ''}`,
    where: (_, { place }) => place('ipam', 'config'),
    look: `Un réseau ne change pas d’adresses : il est refait. ${ANEW}`,
  })
  .fault('network.not-rejoined', ({ behind }) => behind, {
    observed: (_, { services, network: { key } }) =>
      `dans le fichier, ${sayNames(services)} ${services.length > 1 ? 'rejoignent' : 'rejoint'} \`${key}\`, mais pas ${services.length > 1 ? 'leurs conteneurs' : 'son conteneur'}, plus ${services.length > 1 ? 'anciens' : 'ancien'} que le fichier`,
    where: ({ service }, { services: [first = ''] }) => service(first, 'networks'),
    look: 'Relancez `docker compose up -d` : Compose recrée les conteneurs dont les réglages ont changé.',
  })
  .remark(
    'network.public-range',
    ({ chosen }) => chosen.flatMap(({ subnets }) => rangesOf(subnets)).find(isPublic)?.text,
    (_, range) =>
      `${range} contient des adresses d’internet : les sites qui y sont deviennent injoignables depuis la machine. Prenez 10.0.0.0/8, 172.16.0.0/12 ou 192.168.0.0/16.`,
    ({ chosen }) => chosen[0]?.place('ipam', 'config') ?? {},
  )
  .remark(
    'network.wide',
    ({ chosen }) => chosen.flatMap(({ subnets }) => rangesOf(subnets)).find(({ bits, family }) => family === 'ipv4' && bits < WIDE)?.text,
    (_, range) =>
      `${range} prend bien plus d’adresses qu’il n’y a de conteneurs, et chevauchera un jour un autre réseau : un /24 en a 254.`,
    ({ chosen }) => chosen[0]?.place('ipam', 'config') ?? {},
  )
  .remark(
    'network.covers-route',
    ({ covering }) => covering,
    (_, { key, subnets }) =>
      `${subnets.join(', ')} (\`${key}\`) contient la passerelle de cette machine : elle ne peut plus sortir. Choisissez une autre plage.`,
    (_, { place }) => place('ipam', 'config'),
  )
  .untouched(({ own, host }) => own.length === 0 && !host);

/** Why a driver links no containers of one machine. */
const DRIVERS: Readonly<Record<string, string>> = {
  overlay: ', qui relie les machines d’un Swarm : sans Swarm, le moteur ne le crée pas',
  macvlan: ', qui donne à chaque conteneur une adresse du réseau local : aucun port n’est publié, et la machine elle-même ne les joint pas',
  ipvlan: ', qui donne à chaque conteneur une adresse du réseau local : aucun port n’est publié, et la machine elle-même ne les joint pas',
  host: ', le réseau de la machine : Compose ne peut pas en créer un second',
};
