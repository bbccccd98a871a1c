import type { ErrorBody } from '../contract/errors.ts';

/** An error reply of the agent: an HTTP status and a coded text in French. */
export class AgentError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;

  constructor(status: number, code: string, text: { message: string; hint: string }, options?: { cause?: unknown }) {
    super(text.message, options);
    this.name = 'AgentError';
    this.status = status;
    this.code = code;
    this.hint = text.hint;
  }

  toBody(): ErrorBody {
    return { error: { code: this.code, message: this.message.slice(0, 2000), hint: this.hint.slice(0, 2000) } };
  }
}

const make = (status: number, code: string, message: string, hint: string, cause?: unknown): AgentError =>
  new AgentError(status, code, { message, hint }, cause === undefined ? undefined : { cause });

/** All errors of the agent, with their codes and texts. */
export const errors = {
  unauthorized: () =>
    make(401, 'agent.unauthorized', 'Le jeton du labo manque ou est faux.', 'Redémarrez le labo : il reçoit alors un nouveau jeton.'),
  unknownRoute: (what: string) =>
    make(
      404,
      'agent.unknown-route',
      `L’agent du labo ne connaît pas ${what}.`,
      'L’image du labo date peut-être d’une autre version : relancez « npm start ».',
    ),
  offSchema: (detail: string) =>
    make(
      400,
      'agent.off-schema',
      `La demande n’a pas la forme attendue : ${detail}`,
      'Rechargez la page ; si cela revient, l’image du labo date d’une autre version.',
    ),
  bodyTooLarge: (limit: number) => make(413, 'agent.body-too-large', `La demande dépasse ${limit} octets.`, 'Envoyez moins à la fois.'),
  fault: (cause: unknown) =>
    make(
      500,
      'agent.fault',
      'L’agent du labo a rencontré une erreur inattendue.',
      'Recommencez ; si cela revient, arrêtez puis démarrez le labo.',
      cause,
    ),
  tooManyTerminals: (limit: number) =>
    make(409, 'terminal.too-many', `Le labo a déjà ${limit} terminaux ouverts.`, 'Fermez-en un (« exit »), puis recommencez.'),
  tooManyClients: (limit: number) =>
    make(409, 'terminal.too-many-tabs', `Ce terminal est déjà ouvert dans ${limit} onglets.`, 'Fermez un onglet, puis recommencez.'),
  notAttached: () => make(400, 'terminal.not-attached', 'Le terminal a reçu une touche avant d’être ouvert.', 'Rechargez la page.'),
  shellFailed: (cause: unknown) =>
    make(
      503,
      'terminal.no-shell',
      'Le labo n’a pas pu ouvrir de shell.',
      'Trop de programmes tournent peut-être : arrêtez le labo, puis démarrez-le.',
      cause,
    ),
  pathOutside: (path: string) =>
    make(
      400,
      'file.outside',
      `« ${path} » sort du dossier du projet.`,
      'Donnez un chemin dans le dossier du projet, sans « .. » ni lien qui en sort.',
    ),
  fileNotFound: (path: string) =>
    make(404, 'file.not-found', `« ${path} » n’existe pas dans le projet.`, 'Rafraîchissez la liste des fichiers.'),
  notAFile: (path: string) => make(400, 'file.not-a-file', `« ${path} » n’est pas un fichier ordinaire.`, 'Choisissez un fichier.'),
  notAFolder: (path: string) => make(400, 'file.not-a-folder', `« ${path} » n’est pas un dossier.`, 'Choisissez un dossier.'),
  fileExists: (path: string) =>
    make(409, 'file.exists', `« ${path} » existe déjà dans le projet : rien n’a été changé.`, 'Choisissez un autre nom.'),
  trashGone: (path: string) =>
    make(404, 'file.trash-gone', `« ${path} » n’est plus dans la corbeille du labo.`, 'Recréez-le, ou reprenez-le dans la leçon.'),
  moveIntoItself: (path: string) =>
    make(400, 'file.into-itself', `« ${path} » ne peut pas être mis sous lui-même.`, 'Choisissez un autre dossier.'),
  fileConflict: (path: string) =>
    make(
      409,
      'file.conflict',
      `« ${path} » a changé depuis que vous l’avez ouvert : rien n’a été enregistré.`,
      'Relisez la version du disque, puis enregistrez de nouveau.',
    ),
  fileTooLarge: (path: string, limit: number) =>
    make(413, 'file.too-large', `« ${path} » dépasse ${limit} octets : rien n’a été enregistré.`, 'Modifiez ce fichier dans le terminal.'),
  fileText: (path: string) =>
    make(
      400,
      'file.not-text',
      `Le texte de « ${path} » n’est pas de l’Unicode valide : rien n’a été enregistré.`,
      'Retirez les caractères abîmés.',
    ),
  diskFull: (cause: unknown) =>
    make(
      507,
      'disk.full',
      'Le disque du labo est plein : rien n’a été enregistré.',
      'Faites de la place (« docker system df », « docker system prune »), puis recommencez.',
      cause,
    ),
  treeEntry: (entry: string, why: string) =>
    make(
      400,
      'tree.refused',
      `L’archive est refusée à cause de « ${entry} » : ${why}. Rien n’a été changé.`,
      'Refaites l’archive à partir d’un dossier ordinaire.',
    ),
  treeArchive: (cause: unknown) =>
    make(400, 'tree.not-a-tar', 'Ce qui a été envoyé n’est pas une archive tar entière. Rien n’a été changé.', 'Recommencez.', cause),
  treeTarget: (path: string) =>
    make(
      400,
      'tree.outside',
      `« ${path} » n’est pas un dossier sous le dossier personnel.`,
      'Donnez un dossier sous le dossier personnel, sans « .. » ni lien.',
    ),
  treeBusy: (path: string, cause: unknown) =>
    make(
      409,
      'tree.busy',
      `« ${path} » ne peut pas être remplacé : le dossier n’est qu’en partie à jour.`,
      'Arrêtez les conteneurs qui s’en servent (« docker compose down »), puis recommencez.',
      cause,
    ),
  execFolder: (path: string) =>
    make(400, 'exec.no-folder', `Le dossier « ${path} » n’existe pas dans le labo.`, 'Créez-le, ou donnez un autre dossier.'),
  engineDown: (cause?: unknown) =>
    make(503, 'unavailable.engine', 'Le moteur Docker du labo ne répond pas.', 'Démarrez-le : « sudo service docker start ».', cause),
  engineAction: (action: string, detail: string) =>
    make(
      503,
      'unavailable.engine',
      `Le moteur Docker du labo n’a pas fait « ${action} » à temps. ${detail}`.trim(),
      'Regardez « sudo tail /var/log/docker.log » dans le labo, ou redémarrez le labo.',
    ),
  tunnelRefused: (port: number, cause: unknown) =>
    make(
      502,
      'tunnel.refused',
      `Rien n’écoute sur le port ${port} du labo.`,
      'Démarrez le service et vérifiez le port publié (« docker compose ps »).',
      cause,
    ),
  tunnelUnreachable: (host: string, cause?: unknown) =>
    make(
      502,
      'tunnel.unreachable',
      `Le labo ne joint pas l’adresse ${host}.`,
      'Vérifiez que le conteneur tourne et le réseau où il est (« docker compose ps », « docker network ls »).',
      cause,
    ),
};

/** Converts any error to an `AgentError`: a full disk, or else an internal error, unless it is an `AgentError` already. */
export function toAgentError(error: unknown): AgentError {
  if (error instanceof AgentError) return error;
  const code = errorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT' ? errors.diskFull(error) : errors.fault(error);
}

/** The system error code (`ENOENT`), or null. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
