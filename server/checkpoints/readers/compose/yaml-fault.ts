import type { ComposeFault } from './model.ts';
import type { YamlProblem } from './yaml-problem.ts';
import type { YamlSource } from './yaml-source.ts';

/** The general hint, if there is no better one. */
export const READ_AGAIN = '`docker compose config -q` relit le fichier sans rien démarrer.';

/** The fault for a YAML error. Compose's own message often names another line. */
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
    case 'mixed-list':
      return fault(
        'compose.mixed-forms',
        `sous \`${message || 'ce bloc'}\`, cette ligne et ses voisines mêlent deux formes : avec un tiret, et sans tiret`,
        'Un même bloc est une liste, dont chaque ligne commence par un tiret (`- NOM=valeur`), ou des clés sans tiret (`NOM: valeur`).',
      );
    case 'equals':
      return fault(
        'compose.mixed-forms',
        `\`${message}=…\` n’est pas une clé : sans tiret, une clé est suivie de \`:\` et d’un espace`,
        `Écrivez \`${message}: valeur\`, ou une liste, dont chaque ligne est \`- ${message}=valeur\`.`,
      );
    case 'colon-stuck':
      return fault(
        'compose.no-blank',
        `après \`${message}:\` il manque un espace : la clé et sa valeur ne font qu’un mot`,
        `Écrivez \`${message}: valeur\`.`,
      );
    case 'reserved':
      return fault(
        'compose.quotes-missing',
        `la valeur commence par \`${message}\`, un signe que YAML garde pour lui`,
        'Mettez toute la valeur entre guillemets.',
      );
    case 'syntax':
      return fault(
        'compose.syntax',
        `YAML ne sait pas lire cette ligne (« ${message} »)`,
        `Regardez aussi la ligne du dessus. ${READ_AGAIN}`,
      );
  }
}
