import { pathPlace } from './fault-places.ts';
import type { PlacedFault } from './model.ts';
import type { YamlSource } from './yaml-source.ts';

const ROOT_KEYS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'name', 'include', 'version'];

/** A key of a service one level too high is a key that its parent does not know. */
export function unknownKey(path: string, key: string, sources: readonly YamlSource[]): PlacedFault {
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

/** `services.etl.imgae` names the key with its service; either may have points in its name. */
export function unknownServiceKey(path: string, sources: readonly YamlSource[]): PlacedFault {
  const services = sources.flatMap((source) => source.keys(['services'])).map((name) => `services.${name}`);
  const [service = path.slice(0, path.lastIndexOf('.'))] = services
    .filter((one) => path.startsWith(`${one}.`))
    .sort((one, other) => other.length - one.length);
  return unknownKey(service, path.slice(service.length + 1), sources);
}

/** The names in `'one', 'two'`, where a quote in a name has a backslash before it. */
export function quotedKeys(list: string): string[] {
  return [...list.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, name = '']) => name.replace(/\\(.)/g, '$1'));
}
