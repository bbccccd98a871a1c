import { missingVariables } from './missing-variables.ts';
import type { ComposeFault } from './model.ts';
import type { YamlProblem, YamlSource } from './yaml-source.ts';

const CONFIG = '`docker compose config -q` relit le fichier sans rien démarrer.';

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
    case 'syntax':
      return fault('compose.syntax', `YAML ne sait pas lire cette ligne (« ${message} »)`, `Regardez aussi la ligne du dessus. ${CONFIG}`);
  }
}

type Rule = readonly [
  pattern: RegExp,
  make: (match: readonly string[], sources: readonly YamlSource[], settings: string) => Omit<ComposeFault, 'file'> & { file?: string },
];

const ROOT_KEYS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'name', 'include', 'version'];

/** What Compose says, in its own order: one line of it is one cause. */
const RULES: readonly Rule[] = [
  [
    /required variable (\w+) is missing a value(?:: (.*))?/,
    ([, named = '', said = ''], sources, settings) => {
      const missing = missingVariables(sources, settings, named);
      const [{ name, why, ...place } = { name: named, why: said, line: null }, ...others] = missing;
      const more = others.length > 0 ? ` ; de même ${others.map((one) => `\`${one.name}\``).join(', ')}` : '';
      return {
        ...place,
        code: 'compose.variable-missing',
        what: `la variable \`${name}\` est exigée et n’a pas de valeur${why ? ` (« ${why} »)` : ''}${more}`,
        look: `Donnez une valeur à ${more ? 'chacune' : `\`${name}\``} dans le fichier \`.env\`, à côté du fichier Compose.`,
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
    ([, service = '', kind = '', name = ''], sources) => ({
      ...pathPlace(sources, `services.${service}.${kind}s`),
      code: `compose.${kind}-undeclared`,
      what: `le service \`${service}\` emploie \`${name}\`, qui n’est pas déclaré`,
      look: `Ajoutez \`${name}:\` sous \`${kind}s:\`, à la racine du fichier.`,
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
    /open (\S+): no such file or directory/,
    ([, path = ''], sources) => ({
      ...textPlace(sources, new RegExp(escaped(baseName(path)))),
      code: 'compose.file-absent',
      what: `\`${baseName(path)}\`, que ce fichier reprend, n’existe pas`,
      look: 'Créez-le, ou corrigez son chemin.',
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
  [
    /(services\.[\w.[\]-]+)[ :]+(.*)/,
    ([, path = '', why = ''], sources) => ({
      ...pathPlace(sources, path),
      code: 'compose.bad-value',
      what: `\`${path}\` n’a pas la forme attendue (« ${why.replaceAll(path, '').trim()} »)`,
      look: CONFIG,
    }),
  ],
];

/** What Compose answered about a file that YAML can read; `settings`: the text of `.env`. */
export function faultOfCompose(stderr: string, sources: readonly YamlSource[], settings = ''): ComposeFault {
  const said = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/level=warning/.test(line))
    .join('\n');
  const file = sources[0]?.file ?? '';
  for (const [pattern, make] of RULES) {
    const match = pattern.exec(said);
    if (match) return { file, ...make(match, sources, settings) };
  }
  const line = Number(/line (\d+)/.exec(said)?.[1] ?? 0);
  return {
    code: 'compose.invalid',
    file,
    line: line || null,
    what: `Compose refuse ce fichier : « ${said.split('\n').slice(0, 3).join(' ').slice(0, 400)} »`,
    look: CONFIG,
  };
}

/** A key of a service one level too high is a key that its parent does not know. */
function unknownKey(path: string, key: string, sources: readonly YamlSource[]): ReturnType<Rule[1]> {
  const place = pathPlace(sources, path === '' ? key : `${path}.${key}`);
  const service = /^services\.(\w+)$/.exec(path)?.[1];
  if (service && ['environment', 'build', 'healthcheck', 'depends_on', 'deploy', 'volumes', 'ports'].includes(service)) {
    return {
      ...pathPlace(sources, path),
      code: 'compose.indentation',
      what: `\`${service}\` est pris pour un service : son indentation le place à côté des services, et non dans l’un d’eux`,
      look: 'Décalez ce bloc vers la droite, sous le service qu’il règle.',
    };
  }
  const known = path === '' ? ROOT_KEYS.find((one) => one.startsWith(key) || key.startsWith(one)) : undefined;
  return {
    ...place,
    code: 'compose.unknown-key',
    what: `la clé \`${key}\` n’existe pas ${path === '' ? 'à la racine du fichier' : `dans \`${path}\``}`,
    look: known
      ? `Vouliez-vous écrire \`${known}\` ?`
      : 'Vérifiez son orthographe et son indentation : elle appartient peut-être à un autre bloc.',
  };
}

interface Place {
  readonly file?: string;
  readonly line: number | null;
}

/** The place of `services.etl.environment.[0]`, or of the nearest thing above it. */
function pathPlace(sources: readonly YamlSource[], dotted: string): Place {
  const path = dotted.split('.').map((step) => (/^\[\d+\]$/.test(step) ? Number(step.slice(1, -1)) : step));
  for (let length = path.length; length > 0; length -= 1) {
    for (const source of [...sources].reverse()) {
      const line = source.line(path.slice(0, length));
      if (line !== null) return { file: source.file, line };
    }
  }
  return { line: null };
}

function textPlace(sources: readonly YamlSource[], pattern: RegExp): Place {
  for (const source of sources) {
    const index = source.source.split(/\r?\n/).findIndex((line) => !/^\s*#/.test(line) && pattern.test(line));
    if (index >= 0) return { file: source.file, line: index + 1 };
  }
  return { line: null };
}

function serviceNames(sources: readonly YamlSource[]): string {
  return [...new Set(sources.flatMap((source) => source.keys(['services'])))].map((name) => `\`${name}\``).join(', ');
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
