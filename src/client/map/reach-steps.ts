import type { DrawnMap, MapService } from '../../../contract/stack-map.ts';
import { type Answer, no } from './answer.ts';
import { listWords } from './state-words.ts';

/** The service whose network stack it uses: its own, or that of `network_mode: service:…`. */
export function stackOwner(map: DrawnMap, service: MapService): MapService {
  const other = service.mode.startsWith('service:') ? service.mode.slice('service:'.length) : '';
  return map.services.find(({ name }) => name === other) ?? service;
}

/** The networks of a service by their names in the file: those that its container has joined, or without one, those that it declares. */
export function networksOf(map: DrawnMap, service: MapService): string[] {
  const owner = stackOwner(map, service);
  if (owner.container === null || owner.mode !== '') return owner.mode === 'bridge' ? ['bridge'] : owner.networks;
  return owner.container.networks.map((joined) => map.networks.find(({ engineName }) => engineName === joined)?.name ?? joined);
}

/** Null: both are on a common network on which names lead to services. */
export function onNetworks(map: DrawnMap, source: MapService, target: MapService): Answer | null {
  const special = withMode(map, source, target);
  if (special !== null) return special;
  const [ours, theirs] = [networksOf(map, source), networksOf(map, target)];
  if (ours.some((network) => theirs.includes(network))) return null;
  const declared = stackOwner(map, source).networks.filter((network) => stackOwner(map, target).networks.includes(network));
  const where = `${standsOn(source.name, ours)}, ${standsOn(target.name, theirs)}`;
  if (declared.length > 0)
    return no(
      'older-than-file',
      `Le fichier les met tous deux sur ${listWords(declared)}, mais leurs conteneurs datent d’avant : ${where}.`,
      '`docker compose up -d` les recrée.',
    );
  return no(
    'no-common-network',
    `Aucun réseau commun : ${where}. Pour \`${source.name}\`, le nom \`${target.name}\` n’existe donc pas.`,
    'Donnez-leur un réseau commun sous `networks:` ; `docker compose up -d` le met en place.',
  );
}

function standsOn(name: string, networks: readonly string[]): string {
  return networks.length === 0 ? `\`${name}\` n’est sur aucun réseau` : `\`${name}\` est sur ${listWords(networks)}`;
}

function withMode(map: DrawnMap, source: MapService, target: MapService): Answer | null {
  const isolated = [source, target].find(({ mode }) => mode === 'none');
  if (isolated)
    return no(
      'no-network',
      `\`${isolated.name}\` n’a pas de réseau (\`network_mode: none\`) : rien n’y entre, rien n’en sort.`,
      'Retirez cette ligne pour lui rendre le réseau du projet.',
    );
  const onHost = [source, target].find(({ mode }) => mode === 'host');
  if (onHost) return withHost(source, target, onHost);
  if (stackOwner(map, source) === stackOwner(map, target))
    return {
      can: true,
      reason: 'shared-network',
      text: `\`${source.name}\` et \`${target.name}\` partagent une même pile réseau : ils se joignent par \`localhost\`, non par leurs noms.`,
      mend: '',
    };
  if (target.mode.startsWith('service:'))
    return no(
      'shared-network',
      `\`${target.name}\` emprunte le réseau de \`${stackOwner(map, target).name}\` : le nom \`${target.name}\` n’existe pas.`,
      `Demandez \`${stackOwner(map, target).name}\`, avec le port de \`${target.name}\`.`,
    );
  if ([source, target].some(({ mode }) => mode === 'bridge'))
    return no(
      'default-bridge',
      'Sur le réseau `bridge` du moteur, les noms de services n’existent pas.',
      'Retirez `network_mode: bridge` : le réseau du projet connaît les noms.',
    );
  return null;
}

/** The host's own network has no names of services; published ports lead in. */
function withHost(source: MapService, target: MapService, onHost: MapService): Answer {
  const why = `\`${onHost.name}\` est sur le réseau de l’hôte (\`network_mode: host\`), où les noms de services n’existent pas.`;
  const published = target.container?.published[0];
  if (source === onHost && published !== undefined)
    return no('host-network', `${why} Il joint \`${target.name}\` par son port publié.`, `Demandez \`localhost:${published}\`.`);
  return no('host-network', why, 'Retirez `network_mode: host`, ou publiez le port et passez par l’hôte.');
}

/** Null: the container of the target runs. */
export function ready(target: MapService): Answer | null {
  const { name, state, container } = target;
  if (container?.running) return null;
  const logs = `\`docker compose logs ${name}\` dit pourquoi.`;
  switch (state) {
    case 'done':
      return no('ended', `\`${name}\` a fini son travail et s’est terminé : plus personne n’écoute.`, '');
    case 'failed':
      return no('ended', `\`${name}\` s’est terminé avec le code ${container?.exitCode ?? 1} : plus personne n’écoute.`, logs);
    case 'stopped':
      return no('ended', `\`${name}\` est arrêté.`, `\`docker compose start ${name}\` le remet en marche.`);
    case 'restarting':
      return no('ended', `\`${name}\` s’arrête et redémarre sans cesse.`, logs);
    case 'absent':
      return no('not-started', `\`${name}\` n’a pas encore de conteneur.`, `\`docker compose up -d ${name}\` le crée et le démarre.`);
    default:
      return no('not-started', `\`${name}\` est créé, mais n’a pas démarré.`, notStarted(target));
  }
}

function notStarted({ name, waitsFor, container }: MapService): string {
  const missing = waitsFor.filter(({ satisfied }) => !satisfied).map(({ service }) => service);
  if (container?.error) return `Le moteur dit : ${container.error}`;
  return missing.length > 0 ? `Il attend ${listWords(missing)}.` : `\`docker compose up -d ${name}\` le démarre.`;
}

/** The ports of the target that the source's variables name. */
function askedPorts(source: MapService, target: MapService): { port: number; variable: string }[] {
  return source.asks
    .filter(({ host }) => target.names.includes(host))
    .flatMap(({ port, variable }) => (port === null ? [] : [{ port, variable }]));
}

/** The last steps: what listens at the port that is asked for, and how it fares. */
export function atPort(map: DrawnMap, source: MapService, target: MapService): Answer {
  const sockets = stackOwner(map, target).container?.listening ?? null;
  if (sockets === null)
    return {
      can: null,
      reason: 'port-unknown',
      text: `Le réseau mène à \`${target.name}\`, mais on ne sait pas encore ce qui y écoute.`,
      mend: '',
    };
  const open = [...new Set(sockets.filter(({ loopback }) => !loopback).map(({ port }) => port))];
  const [asked] = askedPorts(source, target);
  if (asked !== undefined && !open.includes(asked.port)) return closed(target, asked, open);
  if (open.length === 0) return closed(target, undefined, open);
  return reachable(map, source, target, asked?.port ?? open[0] ?? 0);
}

/** The answer where nothing listens at the port that is asked for. `open`: the ports that do, for others. */
export function closed(target: MapService, asked: { port: number; variable: string } | undefined, open: readonly number[]): Answer {
  const { name, container } = target;
  const sockets = container?.listening ?? [];
  const own = asked === undefined ? sockets[0]?.port : sockets.find(({ port }) => port === asked.port)?.port;
  if (own !== undefined)
    return no(
      'loopback',
      `Dans \`${name}\`, le port ${own} n’écoute que sur 127.0.0.1 : l’adresse du conteneur pour lui-même, où rien n’entre du dehors.`,
      'Faites écouter le programme sur 0.0.0.0 (souvent une option `--host` ou `--bind`), puis recréez le conteneur.',
    );
  if (open.length === 0) {
    const young = target.state === 'starting';
    return no(
      young ? 'starting' : 'nothing-listens',
      young ? `\`${name}\` démarre : rien n’y écoute encore.` : `Rien n’écoute dans \`${name}\`.`,
      young ? 'Attendez qu’il soit prêt.' : `S’il doit répondre, \`docker compose logs ${name}\` dit où il en est.`,
    );
  }
  const port = asked?.port ?? 0;
  const outer = target.ports.find(({ published, inside }) => published === String(port) && inside !== port);
  const from = asked?.variable ? `\`${asked.variable}\` demande` : 'On demande';
  if (outer)
    return no(
      'published-port',
      `${from} ${port}, le port publié sur la machine. Entre services, c’est celui du conteneur : ${outer.inside}.`,
      `Écrivez \`${name}:${outer.inside}\`.`,
    );
  return no(
    'wrong-port',
    `${from} le port ${port}, mais \`${name}\` écoute sur ${open.slice(0, 5).join(', ')}.`,
    `Écrivez \`${name}:${open[0]}\`.`,
  );
}

function reachable(map: DrawnMap, source: MapService, target: MapService, port: number): Answer {
  const common = networksOf(map, source).filter((network) => networksOf(map, target).includes(network));
  const way = `\`${source.name}\` joint \`${target.name}\` au port ${port}, par ${listWords(common)}.`;
  const health = target.container?.health;
  if (health?.status === 'unhealthy')
    return {
      can: true,
      reason: 'unhealthy',
      text: `${way} Mais sa vérification de santé échoue : ce qui répond n’est peut-être pas en état.`,
      mend: health.lastOutput === '' ? '' : `Dernière vérification : ${health.lastOutput.split('\n').at(-1) ?? ''}`,
    };
  const open = map.talks.filter(({ from, to }) => from === source.name && to === target.name).reduce((sum, talk) => sum + talk.open, 0);
  const now = open === 0 ? '' : open === 1 ? ' Une connexion est ouverte en ce moment.' : ` ${open} connexions sont ouvertes en ce moment.`;
  return { can: true, reason: 'reachable', text: `${way}${now}${waitingSource(source)}`, mend: '' };
}

function waitingSource({ name, state, container }: MapService): string {
  if (container?.running) return '';
  return state === 'absent' ? ` Mais \`${name}\` n’a pas encore de conteneur.` : ` Mais \`${name}\` ne tourne pas en ce moment.`;
}
