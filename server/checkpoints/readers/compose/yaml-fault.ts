import type { ComposeFault } from './model.ts';
import type { YamlProblem } from './yaml-problem.ts';
import type { YamlSource } from './yaml-source.ts';

/** The way to look where no better one is known. */
export const READ_AGAIN = '`docker compose config -q` relit le fichier sans rien démarrer.';

/** What YAML itself forbids, said once: Compose's own message often names another line. */
export function faultOfYaml({ file }: YamlSource, { kind, line, message }: YamlProblem): ComposeFault {
  const fault = (code: string, what: string, look: string) => ({ code, file, line, what, look });
  switch (kind) {
    case 'tab':
      return fault('compose.tab', 'une tabulation sert d’indentation', 'En YAML, l’indentation est faite d’espaces seulement.');
    case 'indentation':
      return fault(
        'compose.indentation',
        'l’indentation de cette ligne ne tombe sur aucun niveau ouvert au-dessus d’elle',
        'Les clés d’un même bloc commencent à la même colonne : alignez cette ligne sur ses voisines.',
      );
    case 'duplicate':
      return fault('compose.duplicate-key', 'cette clé est écrite deux fois dans le même bloc', 'Gardez-en une, ou réunissez les deux.');
    case 'anchor-loop':
      return fault(
        'compose.anchor-loop',
        `l’ancre \`&${message}\` se contient elle-même : \`*${message}\` tourne en rond`,
        'Une ancre ne peut servir qu’en dehors du bloc qu’elle nomme.',
      );
    case 'anchor-unknown':
      return fault('compose.anchor-unknown', `\`*${message}\` renvoie à une ancre qui n’existe pas`, `Posez \`&${message}\` plus haut.`);
    case 'unclosed':
      return fault(
        'compose.unclosed',
        `cette ligne ouvre ce que rien ne ferme : il manque \`${message}\``,
        /["']/.test(message) ? 'Un texte entre guillemets finit par le même guillemet.' : 'Fermez la liste ou le bloc sur cette ligne.',
      );
    case 'too-deep':
      return fault(
        'compose.too-deep',
        'des blocs y sont imbriqués par centaines : personne ne lit jusqu’au fond',
        'Il manque sans doute un `]` ou un `}` : fermez ce que ces lignes ouvrent.',
      );
    case 'syntax':
      return fault(
        'compose.syntax',
        `YAML ne sait pas lire cette ligne (« ${message} »)`,
        `Regardez aussi la ligne du dessus. ${READ_AGAIN}`,
      );
  }
}
