import { criterion } from '../../criterion.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { evidence } from '../../readers/findings.ts';
import { engineFault } from '../../readers/networks/engine-fault.ts';
import { JOIN, linkFault } from '../../readers/networks/link-fault.ts';
import { rangeRemarks } from '../../readers/networks/range-remarks.ts';
import { refusedRange } from '../../readers/networks/refused-range.ts';
import { gateways } from '../../readers/networks/routes.ts';
import { sayNames } from '../../readers/networks/say-names.ts';
import { networksOf, stackNetworks } from '../../readers/networks/stack-networks.ts';

export const network = criterion('2.4/network', {
  needs: ['1.4/compose'],
  expected: 'un réseau déclaré, dont vous choisissez le sous-réseau, et que les services rejoignent vraiment',
  async read(view) {
    const networks = await stackNetworks(view);
    const { services, own, joined, containers } = networks;
    const chosen = joined.filter(({ subnets }) => subnets.length > 0);
    return {
      own,
      joined,
      chosen,
      runs: containers.size > 0,
      host: services.all.find(({ service }) => service.network_mode === 'host')?.name,
      unjoined:
        chosen.length > 0
          ? undefined
          : (own.find(({ isRanged, members }) => isRanged && members.length === 0) ?? (joined.length === 0 ? own[0] : undefined)),
      refused: refusedRange(networks),
      links: linkFault(networks),
      made: engineFault(networks),
      traps: rangeRemarks(chosen, chosen.length > 0 ? await gateways(view) : []),
      onDefault: services.all.filter((one) => networksOf(services, one).includes('default')).map(({ name }) => name),
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
  .faultOf(({ links }) => links)
  .blocked('1.4/up', ({ runs }) => !runs, 'aucun conteneur de ce projet sur le moteur : le réseau n’existe pas encore')
  .faultOf(({ made }) => made)
  .remarks(({ traps }) => traps)
  .untouched(({ own, host }) => own.length === 0 && !host);

/** Why a driver links no containers of one machine. */
const DRIVERS: Readonly<Record<string, string>> = {
  overlay: ', qui relie les machines d’un Swarm : sans Swarm, le moteur ne le crée pas',
  macvlan: ', qui donne à chaque conteneur une adresse du réseau local : aucun port n’est publié, et la machine elle-même ne les joint pas',
  ipvlan: ', qui donne à chaque conteneur une adresse du réseau local : aucun port n’est publié, et la machine elle-même ne les joint pas',
  host: ', le réseau de la machine : Compose ne peut pas en créer un second',
};
