import type { Where } from '../../../../contract/verdict.ts';
import { cause, type EtlCause, type EtlRun, firstOf, placeOfText } from './cause.ts';

const DATABASE_SAYS = [
  /could not translate host name "([^"@]+)"/,
  /failed to resolve host '([^'@]+)'/,
  /Can't create a connection to host ([\w.-]+)/,
];
const SOURCE_SAYS = [
  /Failed to resolve '([^']+)'/,
  /host='([^']+)'.*(?:Name or service not known|NameResolutionError|Temporary failure in name resolution)/,
];
/** Names of the computer that only Docker Desktop gives to containers. */
const DESKTOP = /^((host|gateway|vm|kubernetes)\.docker\.internal|docker\.for\.(mac|win)\.(localhost|host\.internal))$/;

export function hostUnknown(run: EtlRun): EtlCause | null {
  const { log, project, etl, database } = run;
  const asked = firstOf(log, DATABASE_SAYS);
  const host = asked ?? firstOf(log, SOURCE_SAYS) ?? firstOf(log, [/Cannot resolve '?([\w.-]+)'?/i]);
  if (!host) return null;
  const { name, where } = placeOfText(project, etl, host);
  const written = name ? `, écrit dans \`${name}\`` : '';
  const service = database?.name ?? 'postgres';
  // Only the program that asked tells a database from a source: both may have a dot in their names.
  if (asked === null && (firstOf(log, SOURCE_SAYS) !== null || /source|api/i.test(name ?? '')))
    return cause(
      'etl.source-unknown',
      `le nom de la source, \`${host}\`${written}, ne mène à aucune machine`,
      where,
      'Vérifiez l’adresse de `SOURCE_API_URL`.',
    );
  if (DESKTOP.test(host))
    return cause(
      'etl.host-of-desktop',
      `\`${host}\`${written}, est un nom que seul Docker Desktop donne à l’ordinateur : il ne mène nulle part ici`,
      where,
      `La base est un service de ce fichier : joignez-la par le nom de ce service, \`${service}:5432\`.`,
    );
  if (host in project.model.services) return apart(run, host);
  const services = Object.keys(project.model.services).map((one) => `\`${one}\``);
  return cause(
    'etl.host-unknown',
    `l’hôte \`${host}\`${written}, ne se résout pas : aucun service de son réseau ne porte ce nom`,
    where,
    `Sur le réseau de Compose, un service se joint par son nom : ici \`${service}\` (services : ${services.join(', ')}).`,
  );
}

/** A service of the file that the ETL cannot find: their networks do not meet, or it was not running. */
function apart({ project, etl }: EtlRun, host: string): EtlCause {
  const own = networksOf(project.model.services[etl.name]);
  const others = networksOf(project.model.services[host]);
  if (own.some((one) => others.includes(one)))
    return cause(
      'etl.host-down',
      `l’hôte \`${host}\` ne se résout pas : le conteneur de ce service ne tournait pas quand l’ETL l’a cherché`,
      { ...project.places.nearest(['services', host]), service: host },
      `\`docker compose ps -a\` montre son état, \`docker compose logs ${host}\` dit pourquoi il s’est arrêté.`,
    );
  const where: Where = { ...project.places.nearest(['services', etl.name, 'networks']), service: etl.name };
  return cause(
    'etl.network',
    `l’hôte \`${host}\` ne se résout pas : \`${etl.name}\` est sur ${list(own)}, \`${host}\` sur ${list(others)}, et ils n’ont pas de réseau commun`,
    where,
    'Donnez-leur un réseau commun : sans `networks`, tous les services d’un fichier se voient.',
  );
}

function networksOf(service: { networks: readonly string[]; network_mode?: string | undefined } | undefined): readonly string[] {
  if (service?.network_mode) return [`network_mode: ${service.network_mode}`];
  return service?.networks.length ? service.networks : ['default'];
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' et ');
}

const UNREACHED =
  'Connection refused|No route to host|Connection timed out|Network is unreachable|timeout expired|connection timeout expired';

export function refused({ log, project, etl, database, owners = {} }: EtlRun): EtlCause | null {
  const match =
    new RegExp(`connection to server at "([^"]+)"(?: \\([^)]*\\))?, port (\\d+) failed: (${UNREACHED})`).exec(log) ??
    /host='?([\w.-]+)'?,? port=(\d+)[^\n]*(Connection refused|NewConnectionError)/.exec(log) ??
    /Can't create a connection to host ([\w.-]+) and port (\d+)/.exec(log) ??
    /Connect call failed \('([\d.:]+)', (\d+)/.exec(log);
  if (!match) return null;
  const [, host = '', port = '', said = 'Connection refused'] = match;
  const { name, where } = placeOfText(project, etl, host);
  const service = database?.name ?? 'postgres';
  const written = name ? `, écrite dans \`${name}\`` : '';
  if (/^(localhost|127\.|::1|0\.0\.0\.0)/.test(host))
    return cause(
      'etl.localhost',
      `connexion refusée par \`${host}\` : dans un conteneur, \`localhost\` est le conteneur lui-même`,
      where,
      `La base est dans un autre conteneur : joignez-la par le nom de son service, \`${service}\`.`,
    );
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    const owner = owners[host];
    const whose =
      owner === undefined
        ? 'qu’aucun service de ce fichier n’a'
        : owner === service
          ? `de \`${service}\``
          : `qui est celle de \`${owner}\``;
    return cause(
      'etl.address-written',
      `l’adresse \`${host}\`${written}, ${whose}, ne mène pas à la base (${said}) : Docker donne les adresses au démarrage, et elles changent`,
      where,
      `Joignez la base par le nom de son service, \`${service}:5432\` : il mène toujours au bon conteneur.`,
    );
  }
  if (DESKTOP.test(host))
    return cause(
      'etl.host-of-desktop',
      `\`${host}\`${name ? `, écrit dans \`${name}\`` : ''}, mène à l’ordinateur, et rien n’y répond sur le port ${port}`,
      where,
      `La base est un service de ce fichier : joignez-la par le nom de ce service, \`${service}:5432\`.`,
    );
  if (host !== service && host in project.model.services)
    return cause(
      'etl.other-service',
      `\`${host}\`${name ? `, écrit dans \`${name}\`` : ''}, n’est pas la base : rien n’y répond sur le port ${port} (${said})`,
      where,
      `La base est le service \`${service}\` : \`${service}:5432\`.`,
    );
  if (host === service && port !== '5432')
    return cause(
      'etl.port',
      `connexion refusée par \`${host}\` sur le port ${port} (Connection refused)`,
      where,
      `Entre conteneurs, c’est le port de dedans qui compte : \`${service}:5432\`, quel que soit le port publié.`,
    );
  return cause(
    'etl.refused',
    `connexion refusée par \`${host}\`, port ${port} (${said})`,
    where,
    'La base n’était pas prête : `condition: service_healthy` la fait attendre, et une nouvelle tentative dans le programme rattrape le reste.',
  );
}
