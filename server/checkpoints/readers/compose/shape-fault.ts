import type { PlacedFault } from './model.ts';
import type { YamlSource } from './yaml-source.ts';

/** Blocks of a service that are lists of words, or of mappings with these keys. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  volumes: ['type', 'source', 'target', 'read_only', 'bind', 'volume', 'tmpfs', 'consistency'],
  ports: ['target', 'published', 'host_ip', 'protocol', 'mode', 'name', 'app_protocol'],
  env_file: ['path', 'required', 'format'],
  tmpfs: [],
  expose: [],
  networks: [],
  profiles: [],
  dns: [],
  cap_add: [],
  cap_drop: [],
};
/** Blocks of a service that are keys with values, or a list of `NAME=value`. */
const PAIRS = ['environment', 'labels', 'sysctls'];

/** Asked if Compose refuses a file: a list or a mapping of a service that is written with the other's signs. Compose's own words name neither. */
export function shapeFault(sources: readonly YamlSource[]): PlacedFault | null {
  for (const source of sources) {
    for (const service of source.keys(['services'])) {
      const fault = listFault(source, ['services', service]) ?? pairsFault(source, ['services', service]) ?? dependsFault(source, service);
      if (fault) return { file: source.file, ...fault };
    }
  }
  return null;
}

function listFault(source: YamlSource, service: readonly string[]): PlacedFault | null {
  for (const [block, known] of Object.entries(LISTS)) {
    const path = [...service, block];
    for (const index of source.items(path)) {
      const item = [...path, index];
      const [key] = source.keys(item);
      if (key === undefined || known.includes(key)) continue;
      const value = source.strings([...item, key])[0] ?? '';
      const whole = [key, value].join(':');
      return {
        line: source.line(item),
        code: 'compose.blank-after-colon',
        what: `\`${key}: ${value}\` : l’espace après les deux-points fait de cette ligne de \`${block}\` une clé et sa valeur, au lieu d’un seul mot`,
        look: value ? `Retirez l’espace : \`- "${whole}"\`.` : `Retirez les deux-points : \`- ${key}\`.`,
      };
    }
    if (['volumes', 'ports'].includes(block)) {
      const [only] = source.strings(path);
      const [key] = source.keys(path);
      if (source.items(path).length > 0 || (key === undefined && !only)) continue;
      return {
        line: source.line(path),
        code: 'compose.dash-missing',
        what: `sous \`${block}\`, chaque ligne est un élément de liste, et commence par un tiret`,
        look: `Écrivez \`- \` devant chaque ligne de \`${block}\`, suivi du reste sans espace.`,
      };
    }
  }
  return null;
}

function pairsFault(source: YamlSource, service: readonly string[]): PlacedFault | null {
  for (const block of PAIRS) {
    const path = [...service, block];
    for (const index of source.items(path)) {
      const [key] = source.keys([...path, index]);
      if (key === undefined) continue;
      return {
        line: source.line([...path, index]),
        code: 'compose.mixed-forms',
        what: `\`- ${key}: …\` mêle les deux formes de \`${block}\` : après un tiret, Compose attend \`NOM=valeur\``,
        look: `Retirez le tiret de chaque ligne (\`${key}: valeur\`), ou gardez-le et écrivez \`=\` : \`- ${key}=valeur\`.`,
      };
    }
    const isWord = source.items(path).length === 0 && source.keys(path).length === 0;
    const word = isWord ? (source.strings(path)[0] ?? '') : '';
    const key = /^([A-Za-z_][\w.-]*)[=:]/.exec(word)?.[1];
    if (key === undefined) continue;
    return {
      line: source.line(path),
      code: 'compose.mixed-forms',
      what: `sous \`${block}\`, \`${key}\` n’est ni une clé suivie de \`: \`, ni un élément de liste`,
      look: `Écrivez \`${key}: valeur\`, avec un espace après les deux-points, ou \`- ${key}=valeur\`, avec un tiret.`,
    };
  }
  return null;
}

function dependsFault(source: YamlSource, service: string): PlacedFault | null {
  const path = ['services', service, 'depends_on'];
  for (const index of source.items(path)) {
    const [key] = source.keys([...path, index]);
    if (key === undefined) continue;
    return {
      line: source.line([...path, index]),
      code: 'compose.mixed-forms',
      what: `\`- ${key}:\` mêle les deux formes de \`depends_on\` : un nom qui a une condition est une clé, sans tiret`,
      look: `Écrivez \`${key}:\` sans tiret, puis, deux espaces plus loin, \`condition: service_healthy\`.`,
    };
  }
  return null;
}
