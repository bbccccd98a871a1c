import type { DrawnMap, MapService } from '../../../contract/stack-map.ts';
import type { Answer } from './answer.ts';
import { byName } from './reach-names.ts';
import { fromBrowser, toInternet } from './reach-outside.ts';
import { atPort, onNetworks, ready } from './reach-steps.ts';

/** Who asks from outside of the lab, and what lies outside of it: ends of a question that are no services. */
export const BROWSER = 'Votre navigateur';
export const INTERNET = 'Internet';

/**
 * Whether a service reaches another one, in the order in which a connection fails: network, name, container, port, health. What a container
 * really joined counts; what the file says counts for services without a container.
 */
export function reach(map: DrawnMap, from: string, to: string): Answer {
  const source = map.services.find(({ name }) => name === from);
  const target = map.services.find(({ name }) => name === to);
  if (from === BROWSER && target !== undefined) return fromBrowser(map, target);
  if (to === INTERNET && source !== undefined) return toInternet(map, source);
  if (source === undefined || target === undefined) {
    return { can: null, reason: 'absent-from-file', text: 'L’un des deux n’est pas un service du fichier Compose.', mend: '' };
  }
  if (source === target) return itself(source);
  return onNetworks(map, source, target) ?? byName(map, source, target) ?? ready(target) ?? atPort(map, source, target);
}

function itself({ name }: MapService): Answer {
  return {
    can: true,
    reason: 'same',
    text: `C’est le même conteneur : un programme de \`${name}\` en joint un autre par \`localhost\`.`,
    mend: '',
  };
}
