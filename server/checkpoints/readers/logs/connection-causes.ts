import type { Service } from '../compose/compose-services.ts';
import { cause, type EtlCause, type EtlRun, firstOf, placeOfText } from './cause.ts';

export function hostUnknown({ log, project, etl, database }: EtlRun): EtlCause | null {
  const host = firstOf(log, [
    /could not translate host name "([^"]+)"/,
    /failed to resolve host '([^']+)'/,
    /Failed to resolve '([^']+)'/,
    /host='([^']+)'.*(?:Name or service not known|NameResolutionError|Temporary failure in name resolution)/,
    /Cannot resolve '?([\w.-]+)'?/i,
  ]);
  if (!host) return null;
  const { name, where } = placeOfText(project, etl, host);
  const written = name ? `, écrit dans \`${name}\`` : '';
  if (host.includes('.') || /source|api/i.test(name ?? '')) {
    return cause(
      'etl.source-unknown',
      `le nom de la source, \`${host}\`${written}, ne mène à aucune machine`,
      where,
      'Vérifiez l’adresse de `SOURCE_API_URL`.',
    );
  }
  if (host in project.model.services) {
    const apart = { ...project.places.nearest(['services', etl.name, 'networks']), service: etl.name };
    const look = `Donnez-leur un réseau commun : sans \`networks\`, tous les services d’un fichier se voient.`;
    return cause(
      'etl.network',
      `l’hôte \`${host}\` ne se résout pas : \`${etl.name}\` et \`${host}\` n’ont pas de réseau commun`,
      apart,
      look,
    );
  }
  const services = Object.keys(project.model.services).map((one) => `\`${one}\``);
  return cause(
    'etl.host-unknown',
    `l’hôte \`${host}\`${written}, ne se résout pas : aucun service de son réseau ne porte ce nom`,
    where,
    `Sur le réseau de Compose, un service se joint par son nom : ici \`${database?.name ?? 'postgres'}\` (services : ${services.join(', ')}).`,
  );
}

export function refused({ log, project, etl, database }: EtlRun): EtlCause | null {
  const match =
    /connection to server at "([^"]+)"(?: \([^)]*\))?, port (\d+) failed: Connection refused/.exec(log) ??
    /host='?([\w.-]+)'?,? port=(\d+)[^\n]*(?:Connection refused|NewConnectionError)/.exec(log) ??
    /Can't create a connection to host ([\w.-]+) and port (\d+)/.exec(log) ??
    /Connect call failed \('([\d.:]+)', (\d+)/.exec(log);
  if (!match) return null;
  const [, host = '', port = ''] = match;
  const { where } = placeOfText(project, etl, host);
  const service = database?.name ?? 'postgres';
  if (/^(localhost|127\.|::1|0\.0\.0\.0)/.test(host)) {
    return cause(
      'etl.localhost',
      `connexion refusée par \`${host}\` : dans un conteneur, \`localhost\` est le conteneur lui-même`,
      where,
      `La base est dans un autre conteneur : joignez-la par le nom de son service, \`${service}\`.`,
    );
  }
  if (host === service && port !== '5432') {
    return cause(
      'etl.port',
      `connexion refusée par \`${host}\` sur le port ${port} (Connection refused)`,
      where,
      `Entre conteneurs, c’est le port de dedans qui compte : \`${service}:5432\`, quel que soit le port publié.`,
    );
  }
  const look = `La base n’était pas prête : \`condition: service_healthy\` la fait attendre, et une nouvelle tentative dans le programme rattrape le reste.`;
  return cause('etl.refused', `connexion refusée par \`${host}\`, port ${port} (Connection refused)`, where, look);
}

export function password({ log, project, etl, database }: EtlRun): EtlCause | null {
  const user = firstOf(log, [/password authentication failed for user "([^"]+)"/]);
  if (!user) return null;
  const service = database?.name ?? 'postgres';
  const said = `la base refuse le mot de passe (password authentication failed for user "${user}")`;
  const given = database?.service.environment.POSTGRES_PASSWORD;
  if (given && !knows(etl, given)) {
    const { where } = placeOfText(project, etl, '@');
    return cause(
      'etl.password-differs',
      `${said} : celui de \`${etl.name}\` n’est pas le \`POSTGRES_PASSWORD\` de \`${service}\``,
      where,
      'Prenez les deux de la même variable de `.env`.',
    );
  }
  const where = project.places.nearest(['services', service, 'environment', 'POSTGRES_PASSWORD']);
  return cause(
    'etl.password-old-volume',
    `${said} : le volume est né avec un autre mot de passe, et \`POSTGRES_PASSWORD\` ne sert qu’à sa naissance`,
    where,
    `Remettez l’ancienne valeur dans \`.env\`, ou changez-la dans la base par \`ALTER USER\`. Si les données peuvent être refaites, retirez le volume : \`docker compose down\`, puis \`docker volume rm\` et son nom.`,
  );
}

/** The value in its own variable, in a URL as it is, or encoded in a URL. */
function knows({ service: { environment } }: Service, secret: string): boolean {
  return Object.values(environment).some(
    (value) => value !== null && (value.includes(secret) || value.includes(encodeURIComponent(secret))),
  );
}

export function absentInside({ log, project, etl, database }: EtlRun): EtlCause | null {
  const match = /(database|role) "([^"]+)" does not exist/.exec(log);
  if (!match) return null;
  const [, kind, name = ''] = match;
  const service = database?.name ?? 'postgres';
  const variable = kind === 'database' ? 'POSTGRES_DB' : 'POSTGRES_USER';
  const { where } = placeOfText(project, etl, name);
  const what = kind === 'database' ? 'la base' : 'le compte';
  const look = `\`${variable}\` de \`${service}\` doit donner ce nom, et ne sert qu’à la naissance du volume : sur un volume plus ancien, créez-la par \`psql\`, ou refaites le volume.`;
  return cause(`etl.${kind}-unknown`, `${what} \`${name}\` n’existe pas dans PostgreSQL (${kind} "${name}" does not exist)`, where, look);
}
