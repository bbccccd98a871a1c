import type { Where } from '../../../../contract/verdict.ts';
import type { ComposeProject } from '../compose/read-compose.ts';
import type { Role } from '../compose/roles.ts';
import { lastException } from './failure-lines.ts';

/** Why a run of the ETL failed, as far as its log tells. */
export interface EtlCause {
  readonly code: string;
  /** French. */
  readonly what: string;
  readonly where: Where;
  readonly look: string;
  /** A fault of the program, that an image older than the code may explain. */
  readonly inCode: boolean;
}

export interface EtlRun {
  readonly log: string;
  readonly project: ComposeProject;
  readonly etl: Role;
  readonly database: Role | null;
}

type Rule = (run: EtlRun) => EtlCause | null;

/** In the order in which one explains the others. */
const RULES: readonly Rule[] = [
  hostUnknown,
  refused,
  password,
  absentInside,
  denied,
  moduleMissing,
  sourceRefuses,
  variableMissing,
  numpyBroken,
];

export function causeOf(run: EtlRun): EtlCause {
  for (const rule of RULES) {
    const cause = rule(run);
    if (cause) return cause;
  }
  return {
    code: 'etl.failed',
    what: lastException(run.log) || 'son journal ne dit rien',
    where: { service: run.etl.name },
    look: `\`docker compose logs ${run.etl.name}\` montre tout ce qu’il a dit.`,
    inCode: true,
  };
}

function hostUnknown({ log, project, etl, database }: EtlRun): EtlCause | null {
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

function refused({ log, project, etl, database }: EtlRun): EtlCause | null {
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

function password({ log, project, etl, database }: EtlRun): EtlCause | null {
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
    `Remettez l’ancienne valeur dans \`.env\`, ou changez-la dans la base par \`ALTER USER\`. Si les données peuvent être refaites, retirez le volume : \`docker compose down\`, puis \`docker volume rm\`.`,
  );
}

/** In a variable of its own, in a URL as it is, or in a URL as it must be. */
function knows({ service: { environment } }: Role, secret: string): boolean {
  return Object.values(environment).some(
    (value) => value !== null && (value.includes(secret) || value.includes(encodeURIComponent(secret))),
  );
}

function absentInside({ log, project, etl, database }: EtlRun): EtlCause | null {
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

function denied({ log, etl }: EtlRun): EtlCause | null {
  const path = firstOf(log, [/PermissionError: \[Errno 13\] Permission denied: '([^']+)'/]);
  if (path) {
    const look =
      'Le dossier monté garde son propriétaire du labo : l’uid du compte de l’image doit être le sien (1000 : `useradd --uid 1000`), ou `chown` le donne.';
    return cause(
      'etl.permission',
      `le compte du conteneur n’a pas le droit d’écrire \`${path}\` (PermissionError)`,
      { service: etl.name },
      look,
    );
  }
  const missing = firstOf(log, [
    /(?:FileNotFoundError: \[Errno 2\] No such file or directory|OSError: Cannot save file into a non-existent directory): '([^']+)'/,
  ]);
  if (!missing) return null;
  const look =
    'Un dossier monté cache celui de l’image : ce qui manque dans le projet manque aussi dans le conteneur. Créez-le par `mkdir -p`.';
  return cause('etl.folder-missing', `\`${missing}\` n’existe pas dans le conteneur`, { service: etl.name }, look, true);
}

function moduleMissing({ log, etl }: EtlRun): EtlCause | null {
  const name = firstOf(log, [/ModuleNotFoundError: No module named '([^']+)'/]);
  if (name) {
    const look = name.startsWith('src')
      ? 'Le `Dockerfile` doit copier `src/` dans l’image.'
      : 'Ajoutez son paquet à `requirements.txt`, puis reconstruisez : `docker compose up -d --build`.';
    return cause('etl.module-missing', `l’image n’a pas le module Python \`${name}\``, { service: etl.name }, look, true);
  }
  const file = firstOf(log, [/can't open file '([^']+)'/]);
  return file
    ? cause(
        'etl.file-missing',
        `l’image ne contient pas \`${file}\``,
        { service: etl.name },
        'Le `Dockerfile` doit copier ce fichier.',
        true,
      )
    : null;
}

function sourceRefuses({ log, project, etl }: EtlRun): EtlCause | null {
  const status = firstOf(log, [
    /\b([45]\d\d) (?:Client|Server) Error/,
    /HTTP Error ([45]\d\d)/,
    /['"]?([45]\d\d) [A-Z][\w ]+['"]? for url/,
  ]);
  if (status) {
    const { where } = placeOfText(project, etl, 'http');
    return cause(
      'etl.source-refuses',
      `la source répond ${status} à l’adresse demandée`,
      where,
      'Vérifiez l’adresse de `SOURCE_API_URL` : `curl -i` la demande depuis le terminal.',
    );
  }
  if (!/ReadTimeout|ConnectTimeout|Read timed out|TimeoutError/.test(log)) return null;
  return cause(
    'etl.timeout',
    'la réponse n’est pas venue dans le délai',
    { service: etl.name },
    'Demandez l’adresse depuis le terminal, par `curl`.',
  );
}

function variableMissing({ log, project, etl }: EtlRun): EtlCause | null {
  const name = firstOf(log, [/KeyError: '([A-Z][A-Z0-9_]+)'/]);
  const none = /Expected string or URL object, got None/.test(log);
  if (!name && !none) return null;
  const what = name
    ? `la variable \`${name}\` manque au conteneur (KeyError)`
    : 'l’adresse de la base est vide : sa variable manque au conteneur';
  const where = { ...project.places.nearest(['services', etl.name, 'environment']), service: etl.name };
  return cause('etl.variable-missing', what, where, `Donnez-la sous \`environment\` du service \`${etl.name}\`.`);
}

function numpyBroken({ log, etl }: EtlRun): EtlCause | null {
  if (!/numpy\.dtype size changed|numpy\.core\.multiarray failed to import/.test(log)) return null;
  const look = 'Prenez `pandas==2.1.3`, ou fixez `numpy==1.26.4`, puis reconstruisez.';
  return cause(
    'etl.numpy',
    'pandas et numpy ne vont pas ensemble (numpy.dtype size changed)',
    { file: 'requirements.txt', service: etl.name },
    look,
    true,
  );
}

function cause(code: string, what: string, where: Where, look: string, inCode = false): EtlCause {
  return { code, what, where, look, inCode };
}

function firstOf(log: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(log)?.[1];
    if (found) return found;
  }
  return null;
}

/** The variable of the service whose value holds a text as a word, and where it is written. */
function placeOfText(
  project: ComposeProject,
  { name: service, service: { environment } }: Role,
  text: string,
): { name: string | null; where: Where } {
  const word = new RegExp(`(^|[^\\w.-])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}([^\\w-]|$)`);
  const name = Object.entries(environment).find(
    ([, value]) => value !== null && (word.test(value) || (!/^\w/.test(text) && value.includes(text))),
  )?.[0];
  const path = ['services', service, 'environment'];
  if (!name) return { name: null, where: { ...project.places.nearest(path), service } };
  return { name, where: { ...project.places.entry(path, name, (item) => item === name || item.startsWith(`${name}=`)), service } };
}
