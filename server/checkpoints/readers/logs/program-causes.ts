import { cause, type EtlCause, type EtlRun, firstOf, placeOfText } from './cause.ts';

export function denied({ log, etl }: EtlRun): EtlCause | null {
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
    'Un dossier monté cache celui de l’image : ce qui manque dans le projet manque aussi dans le conteneur. Créez-le par `mkdir -p` dans le projet.';
  return cause('etl.folder-missing', `\`${missing}\` n’existe pas dans le conteneur`, { service: etl.name }, look, true);
}

export function moduleMissing({ log, etl }: EtlRun): EtlCause | null {
  const name = firstOf(log, [/ModuleNotFoundError: No module named '([^']+)'/]);
  if (name) {
    const look = name.startsWith('src')
      ? 'Le `Dockerfile` doit copier `src/` dans l’image.'
      : 'Ajoutez son paquet à `requirements.txt`, puis reconstruisez : `docker compose up -d --build`';
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

export function sourceRefuses({ log, project, etl }: EtlRun): EtlCause | null {
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

export function variableMissing({ log, project, etl }: EtlRun): EtlCause | null {
  const name = firstOf(log, [/KeyError: '([A-Z][A-Z0-9_]+)'/]);
  const none = /Expected string or URL object, got None/.test(log);
  if (!name && !none) return null;
  const what = name
    ? `la variable \`${name}\` manque au conteneur (KeyError)`
    : 'l’adresse de la base est vide : sa variable manque au conteneur';
  const where = { ...project.places.nearest(['services', etl.name, 'environment']), service: etl.name };
  return cause('etl.variable-missing', what, where, `Donnez-la sous \`environment\` du service \`${etl.name}\`.`);
}

export function numpyBroken({ log, etl }: EtlRun): EtlCause | null {
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
