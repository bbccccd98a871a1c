import type { DrawnMap, MapService } from '../../../contract/stack-map.ts';
import { type Answer, no } from './answer.ts';
import { closed, networksOf, ready, stackOwner } from './reach-steps.ts';
import { listWords } from './state-words.ts';

/** Whether the learner's browser reaches a service: through a published port only. */
export function fromBrowser(map: DrawnMap, target: MapService): Answer {
  const { name, ports, mode } = target;
  if (mode === 'host')
    return no(
      'host-network',
      `\`${name}\` est sur le réseau de l’hôte : ses ports ne sont pas publiés, et la page n’y mène pas.`,
      HOST_MEND,
    );
  if (mode === 'none') return no('no-network', `\`${name}\` n’a pas de réseau (\`network_mode: none\`).`, 'Retirez cette ligne.');
  const [port] = ports;
  if (port === undefined)
    return no(
      'not-published',
      `\`${name}\` ne publie aucun port : les autres services le joignent, la machine non.`,
      'C’est voulu pour une base. Sinon, publiez-le sous `ports:`.',
    );
  const internal = onlyInternal(map, target);
  if (internal !== null)
    return no(
      'internal',
      `\`${name}\` n’est que sur ${listWords(internal)}, \`internal\` : un port publié n’y mène pas.`,
      'Mettez-le aussi sur un réseau ordinaire.',
    );
  const away = ready(target);
  if (away !== null) return away;
  const outer = target.container?.published[0];
  if (outer === undefined)
    return no(
      'older-than-file',
      `Le fichier publie un port, mais le conteneur de \`${name}\` date d’avant.`,
      '`docker compose up -d` le recrée.',
    );
  const sockets = stackOwner(map, target).container?.listening ?? null;
  if (sockets !== null && !sockets.some((socket) => socket.port === port.inside && !socket.loopback)) {
    const open = sockets.filter(({ loopback }) => !loopback).map((socket) => socket.port);
    const loopback = sockets.some((socket) => socket.port === port.inside);
    if (loopback || open.length === 0) return closed(target, { port: port.inside, variable: '' }, open);
    return no(
      'wrong-port',
      `Le port publié mène au port ${port.inside} de \`${name}\`, qui écoute sur ${open.slice(0, 5).join(', ')}.`,
      `Publiez \`${outer}:${open[0]}\` : le nombre de droite est celui du conteneur.`,
    );
  }
  return { can: true, reason: 'reachable', text: `La machine joint \`${name}\` à \`localhost:${outer}\`.`, mend: '' };
}

const HOST_MEND = 'Retirez `network_mode: host` et publiez le port sous `ports:`.';

/** Whether a service reaches what lies outside of the lab. */
export function toInternet(map: DrawnMap, source: MapService): Answer {
  const { name, mode } = source;
  if (mode === 'none') return no('no-network', `\`${name}\` n’a pas de réseau (\`network_mode: none\`).`, 'Retirez cette ligne.');
  const internal = mode === 'host' ? null : onlyInternal(map, source);
  if (internal !== null)
    return no(
      'internal',
      `\`${name}\` n’est que sur ${listWords(internal)}, \`internal\` : rien n’en sort.`,
      'Mettez-le aussi sur un réseau ordinaire, s’il doit sortir.',
    );
  return {
    can: true,
    reason: 'reachable',
    text: `Rien n’empêche \`${name}\` de sortir du labo, dans ce que le labo laisse passer.`,
    mend: '',
  };
}

/** The networks of a service if all of them are internal, otherwise null. */
function onlyInternal(map: DrawnMap, service: MapService): string[] | null {
  const names = networksOf(map, service);
  const isInternal = (name: string): boolean => {
    const network = map.networks.find((one) => one.name === name);
    return network?.actual?.internal ?? network?.internal ?? false;
  };
  return names.length > 0 && names.every(isInternal) ? names : null;
}
