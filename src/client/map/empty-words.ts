import type { StackMap } from '../../../contract/stack-map.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';

interface EmptyWords {
  readonly title: string;
  readonly text: string;
  /** A file to open. */
  readonly file?: { readonly path: string; readonly line: number | undefined };
}

/** What the map says while there is nothing to draw. */
export function emptyWords({ connection, lab }: Pick<LabSnapshot, 'connection' | 'lab'>, map: StackMap | undefined): EmptyWords {
  if (connection.kind === 'ended')
    return { title: 'Pas de labo ici', text: 'Cette copie du cours est servie sans son serveur : la carte reste vide.' };
  if (lab !== undefined && lab.state !== 'ready')
    return { title: 'La carte attend le labo', text: 'Elle montre ce qui tourne dans le labo ; il n’est pas prêt.' };
  if (lab?.engine?.state === 'stopped')
    return { title: 'Le moteur du labo est arrêté', text: 'Sans lui, aucun conteneur ne tourne. Le terminal propose de le démarrer.' };
  if (map === undefined) return { title: 'La carte se dessine…', text: 'Elle lit votre fichier Compose et ce qui tourne.' };
  if (map.state === 'away') return { title: 'Le moteur du labo ne répond pas', text: 'La carte revient d’elle-même dès qu’il répond.' };
  if (map.state === 'absent') return absent(map.lookalike);
  if (map.state === 'faulty') {
    const place = map.line === null ? `\`${map.file}\`` : `\`${map.file}\`, ligne ${map.line}`;
    return {
      title: 'Compose ne peut pas lire le fichier',
      text: `${place} : ${map.what}. ${map.look}`,
      file: { path: map.file, line: map.line ?? undefined },
    };
  }
  return { title: 'Aucun service', text: `\`${map.file}\` ne déclare encore aucun service.`, file: { path: map.file, line: undefined } };
}

function absent(lookalike: string | null): EmptyWords {
  const title = 'Pas encore de fichier Compose';
  if (lookalike === null)
    return { title, text: 'La carte dessine les services de `docker-compose.yml`. Dès qu’il existe à la racine du projet, elle apparaît.' };
  return {
    title,
    text: `\`${lookalike}\` y ressemble, mais Compose ne lit pas ce nom : appelez-le \`docker-compose.yml\`.`,
    file: { path: lookalike, line: undefined },
  };
}
