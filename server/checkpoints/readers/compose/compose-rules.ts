import { baseName, escaped, itemPlace, pathPlace, serviceNames, textPlace } from './fault-places.ts';
import { missingVariables } from './missing-variables.ts';
import type { PlacedFault } from './model.ts';
import { quotedKeys, unknownKey, unknownServiceKey } from './unknown-key.ts';
import { READ_AGAIN } from './yaml-fault.ts';
import type { YamlSource } from './yaml-source.ts';

interface Around {
  /** The text of `.env`. */
  readonly settings: string;
  /** What lies at the project's root. */
  readonly names: readonly string[];
}

type Rule = readonly [pattern: RegExp, make: (match: readonly string[], sources: readonly YamlSource[], around: Around) => PlacedFault];

/** Compose's messages, in its own order: each line is one cause. If Compose 2.26 and 5 use different words, both are recognised. */
export const COMPOSE_RULES: readonly Rule[] = [
  [
    /required variable (\w+) is missing a value(?:: (.*))?/,
    ([, named = '', said = ''], sources, { settings }) => {
      const missing = missingVariables(sources, settings, named);
      const [{ name, why, lookalike, ...place } = { name: named, why: said, lookalike: null, line: null }, ...others] = missing;
      const more = others.length > 0 ? ` ; de même ${others.map((one) => `\`${one.name}\``).join(', ')}` : '';
      return {
        ...place,
        code: 'compose.variable-missing',
        what: `la variable \`${name}\` est exigée et n’a pas de valeur${why ? ` (« ${why} »)` : ''}${more}`,
        look: lookalike
          ? `\`.env\` donne \`${lookalike}\` : le nom doit être exactement \`${name}\`, suivi de \`=\`.`
          : `Donnez une valeur à ${more ? 'chacune' : `\`${name}\``} dans le fichier \`.env\`, à côté du fichier Compose.`,
      };
    },
  ],
  [
    /invalid interpolation format for ([\w.[\]-]+)/,
    ([, path = ''], sources) => ({
      ...pathPlace(sources, path),
      code: 'compose.interpolation',
      what: 'un `$` y commence une variable qui ne se termine pas',
      look: 'Fermez l’accolade de la variable ; un `$` qui doit rester tel quel s’écrit `$$`.',
    }),
  ],
  [
    /env file (\S+) not found/,
    ([, path = ''], sources) => ({
      ...textPlace(sources, new RegExp(escaped(baseName(path)))),
      code: 'compose.env-file-absent',
      what: `le fichier de variables \`${baseName(path)}\`, demandé par \`env_file\`, n’existe pas`,
      look: 'Créez-le, ou corrigez son chemin : il se lit depuis le dossier du fichier Compose.',
    }),
  ],
  [
    /service "([^"]+)" depends on undefined service "?([^":]+)"?/,
    ([, service = '', missing = ''], sources) => ({
      ...pathPlace(sources, `services.${service}.depends_on`),
      code: 'compose.depends-unknown',
      what: `le service \`${service}\` dépend de \`${missing}\`, qu’aucun service ne porte comme nom`,
      look: `Les services de ce fichier sont : ${serviceNames(sources)}.`,
    }),
  ],
  [
    /dependency cycle detected: (.+)/,
    ([, circle = ''], sources) => ({
      ...pathPlace(sources, `services.${circle.split(' ')[0]}.depends_on`),
      code: 'compose.depends-cycle',
      what: `les dépendances tournent en rond : ${circle}`,
      look: 'Retirez un `depends_on` : l’un des services doit pouvoir démarrer le premier.',
    }),
  ],
  [
    /service "([^"]+)" refers to undefined (volume|network|secret|config) ([^\s:]+)/,
    ([, service = '', kind = '', name = ''], sources, { names }) => ({
      ...itemPlace(sources, ['services', service, `${kind}s`], name),
      ...(kind === 'volume' && names.includes(name.split('/')[0] ?? '') ? folderForVolume(name) : undeclared(service, kind, name)),
    }),
  ],
  [
    /service "([^"]+)" has neither an image nor a build context/,
    ([, service = ''], sources) => ({
      ...pathPlace(sources, `services.${service}`),
      code: 'compose.no-image',
      what: `le service \`${service}\` n’a ni \`image\` ni \`build\``,
      look: 'Donnez-lui une image, ou `build: .` pour la construire depuis le Dockerfile.',
    }),
  ],
  [
    /: (\(root\)|[\w.[\]-]+) Additional property (\S+) is not allowed/,
    ([, path = '', key = ''], sources) => unknownKey(path === '(root)' ? '' : path, key, sources),
  ],
  [
    /: (\S*) additional properties ('.*') not allowed/,
    ([, path = '', keys = ''], sources) => unknownKey(path, quotedKeys(keys)[0] ?? keys, sources),
  ],
  [/: (services\..+) false schema/, ([, path = ''], sources) => unknownServiceKey(path, sources)],
  [
    /open (\S+): no such file or directory/,
    ([, path = ''], sources) => ({
      ...textPlace(sources, new RegExp(escaped(baseName(path)))),
      code: 'compose.file-absent',
      what: `\`${baseName(path)}\`, que ce fichier reprend, n’existe pas`,
      look: 'Créez-le, ou corrigez son chemin.',
    }),
  ],
  [
    /open (\S+): permission denied/,
    ([, path = ''], sources) => ({
      ...textPlace(sources, new RegExp(escaped(baseName(path)))),
      ...(sources.some(({ file }) => file === baseName(path)) ? { file: baseName(path), line: null } : {}),
      code: 'compose.unreadable',
      what: `vous n’avez pas le droit de lire \`${baseName(path)}\``,
      look: `\`ls -l\` montre à qui il est ; rendez-le lisible : \`chmod u+r ${baseName(path)}\``,
    }),
  ],
  [
    /\b(services|volumes|networks|secrets|configs) must be a mapping/,
    ([, block = ''], sources) => ({
      ...pathPlace(sources, block),
      code: 'compose.bad-value',
      what: `sous \`${block}:\` doivent venir des noms, chacun suivi de \`:\``,
      look: `Écrivez un nom par ligne, deux espaces plus loin que \`${block}:\` : \`nom:\`, sans tiret devant.`,
    }),
  ],
  [
    /healthcheck\.test must start/,
    (_, sources) => ({
      ...textPlace(sources, /^\s*test:\s*(\[|$)/),
      code: 'compose.health-form',
      what: 'la liste de `healthcheck.test` commence par autre chose que `CMD`, `CMD-SHELL` ou `NONE`',
      look: 'Écrivez `["CMD-SHELL", "pg_isready …"]`, ou une simple chaîne.',
    }),
  ],
  [/(services\.[\w.[\]-]+)[ :]+(.*)/, ([, path = '', why = ''], sources) => badValue(path, why, sources)],
  [
    /'services\[([^\]]+)\]((?:\.[\w-]+|\[\d+\])+)'[ :]+(.*)/,
    ([, service = '', rest = '', why = ''], sources) => badValue(`services.${service}${rest.replaceAll('[', '.[')}`, why, sources),
  ],
];

function undeclared(service: string, kind: string, name: string) {
  return {
    code: `compose.${kind}-undeclared`,
    what: `le service \`${service}\` emploie \`${name}\`, qui n’est pas déclaré`,
    look: `Ajoutez \`${name}:\` sous \`${kind}s:\`, à la racine du fichier.`,
  };
}

/** Declared as a volume, its files would never reach the folder. */
function folderForVolume(name: string) {
  return {
    code: 'compose.folder-for-volume',
    what: `sans \`./\` devant, \`${name}\` est le nom d’un volume, que rien ne déclare ; le dossier \`${name}/\` du projet s’écrit \`./${name}\``,
    look: `Écrivez \`./${name}:\`, puis le chemin dans le conteneur. Un volume déclaré sous ce nom garderait les fichiers hors du projet.`,
  };
}

function badValue(path: string, why: string, sources: readonly YamlSource[]): PlacedFault {
  return {
    ...pathPlace(sources, path),
    code: 'compose.bad-value',
    what: `\`${path}\` n’a pas la forme attendue (« ${why.replaceAll(path, '').trim()} »)`,
    look: READ_AGAIN,
  };
}
