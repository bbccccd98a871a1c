import { criterion } from '../../criterion.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { evidence } from '../../readers/findings.ts';
import { sayNames } from '../../readers/networks/say-names.ts';
import { networksOf, stackNetworks } from '../../readers/networks/stack-networks.ts';

export const isolation = criterion('2.4/isolation', {
  needs: ['1.4/compose'],
  expected: 'un second réseau, rejoint par au moins un service, où au moins une base du premier n’est pas',
  async read(view) {
    const { services, own, joined, containers } = await stackNetworks(view);
    const { postgres, mongodb, redis } = services.of;
    const bases = [postgres, mongodb, redis].filter((one) => one !== null);
    const linked = bases.filter((one) => joined.some(({ members }) => members.includes(one.name))).map(({ name }) => name);
    const apart = joined.flatMap((network) => linked.filter((base) => !network.members.includes(base)).map((base) => ({ network, base })));
    const closed = joined.filter(({ written }) => written.internal).map(({ key }) => key);
    const inside = services.all.filter((one) => {
      const keys = networksOf(services, one);
      return keys.length > 0 && keys.every((key) => closed.includes(key));
    });
    return {
      own,
      joined,
      linked,
      apart,
      unjoined: own.find(({ members }) => members.length === 0),
      dead: inside.find(({ service }) => service.ports.length > 0)?.name,
      closed: closed[0] ?? '',
      cutOff: inside.find(({ name }) => name === services.of.etl?.name)?.name,
      runs: containers.size > 0,
      pending: joined.some(({ actual }) => actual === null),
      connected: apart.find(({ network, base }) => containers.get(base)?.networks.includes(network.name)),
      isFree: apart.some(({ network, base }) => !containers.get(base)?.networks.includes(network.name)),
      service: (name: string, ...keys: string[]) => placeOf(services.project, name, ...keys),
    };
  },
  where: ({ own }) => own.at(-1)?.place() ?? {},
  evidence: ({ joined }) => joined.map(({ key, members }) => evidence(`networks: ${key}`, members.join(', '))),
})
  .blocked('2.4/network', ({ joined }) => joined.length === 0, 'aucun réseau déclaré n’est rejoint')
  .fault('isolation.one-network', ({ own }) => own.length === 1, {
    observed: ({ own }) => `il n’y a qu’un réseau, \`${own[0]?.key}\` : chaque service y joint tous les autres`,
    look: 'Déclarez un second réseau, `monitoring-network`, et faites-le rejoindre par l’API, mais pas par les bases.',
  })
  .fault('isolation.not-joined', ({ joined, unjoined }) => joined.length === 1 && unjoined, {
    observed: (_, { key }) => `\`${key}\` est déclaré, et aucun service ne le rejoint : le moteur ne le crée même pas`,
    where: (_, { place }) => place(),
    look: (_, { key }) => `Ajoutez \`${key}\` sous \`networks\` d’un service que la surveillance doit joindre, l’API par exemple.`,
  })
  .blocked('2.4/network', ({ linked }) => linked.length === 0, 'aucune base n’a rejoint un réseau déclaré')
  .fault('isolation.all-in-both', ({ apart }) => apart.length === 0, {
    observed: ({ joined, linked }) =>
      `${sayNames(linked)} ${linked.length > 1 ? 'sont' : 'est'} sur ${sayNames(joined.map(({ key }) => key))} : ces réseaux ne séparent rien`,
    where: ({ service, linked }) => service(linked[0] ?? '', 'networks'),
    look: 'Laissez les bases sur le seul réseau des données. Un service qui doit joindre les deux, comme l’API, est sur les deux.',
  })
  .fault('isolation.internal', ({ dead }) => dead, {
    observed: ({ closed }, dead) =>
      `\`${closed}\` est \`internal\`, et \`${dead}\` n’est sur aucun autre réseau : ses \`ports\` ne sont pas publiés, rien n’y répond`,
    where: ({ service }, dead) => service(dead, 'ports'),
    look: 'Un réseau `internal` n’a ni sortie ni entrée. Retirez `internal`, ou retirez `ports` de ces services.',
  })
  .fault('isolation.cut-off', ({ cutOff }) => cutOff, {
    observed: ({ closed }, cutOff) =>
      `\`${closed}\` est \`internal\`, et \`${cutOff}\` n’est sur aucun autre réseau : il ne peut pas sortir joindre sa source`,
    where: ({ service }, cutOff) => service(cutOff, 'networks'),
    look: 'Faites-lui rejoindre aussi un réseau qui a une sortie.',
  })
  .blocked('1.4/up', ({ runs }) => !runs, 'aucun conteneur de ce projet sur le moteur : les réseaux n’existent pas encore')
  .blocked('2.4/network', ({ pending }) => pending, 'un réseau du fichier n’est pas sur le moteur')
  .fault('isolation.connected', ({ isFree, connected }) => !isFree && connected, {
    observed: (_, { network, base }) => `dans le fichier, \`${base}\` n’est pas sur \`${network.key}\` ; son conteneur y est`,
    where: ({ service }, { base }) => service(base, 'networks'),
    look: '`docker compose up -d --force-recreate` remet chaque conteneur sur les réseaux du fichier.',
  })
  .untouched(({ own }) => own.length === 0);
