import { pathPlace } from './fault-places.ts';
import type { PlacedFault } from './model.ts';
import type { YamlSource } from './yaml-source.ts';

const ROOT_KEYS = ['services', 'volumes', 'networks', 'secrets', 'configs', 'name', 'include', 'version'];

/** A fault for a key that its parent does not know, for example a service's key one level too high. */
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

/** The same for a path such as `services.etl.imgae`. Both the service and the key may have dots in their names. */
export function unknownServiceKey(path: string, sources: readonly YamlSource[]): PlacedFault {
  const services = sources.flatMap((source) => source.keys(['services'])).map((name) => `services.${name}`);
  const [service = path.slice(0, path.lastIndexOf('.'))] = services
    .filter((one) => path.startsWith(`${one}.`))
    .sort((one, other) => other.length - one.length);
  return unknownKey(service, path.slice(service.length + 1), sources);
}

/** The names in `'one', 'two'`. A quote in a name is escaped with a backslash. */
export function quotedKeys(list: string): string[] {
  return [...list.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, name = '']) => name.replace(/\\(.)/g, '$1'));
}
