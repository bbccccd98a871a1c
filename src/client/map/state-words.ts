import type { MapService, MapState } from '../../../contract/stack-map.ts';
import type { Shape } from '../dom.ts';

const STATES: Readonly<Record<MapState, readonly [Shape, string]>> = {
  absent: ['todo', 'pas encore créé'],
  good: ['met', 'en marche'],
  done: ['met', 'terminé'],
  failed: ['unmet', 'terminé en échec'],
  starting: ['waiting', 'démarre'],
  restarting: ['unmet', 'redémarre sans cesse'],
  unhealthy: ['unmet', 'en mauvaise santé'],
  stopped: ['todo', 'arrêté'],
  'not-started': ['waiting', 'créé, pas démarré'],
  'port-taken': ['unmet', 'port déjà pris'],
  'cannot-start': ['unmet', 'ne peut pas démarrer'],
};

/** The shape and the words of a service's state. */
export function stateWords({ state, container }: Pick<MapService, 'state' | 'container'>): readonly [Shape, string] {
  const [shape, word] = STATES[state];
  if (state === 'good' && container?.health?.status === 'healthy') return [shape, 'en marche, sain'];
  if (state === 'failed' && container !== null) return [shape, `${word} (code ${container.exitCode})`];
  return [shape, word];
}

const CONDITIONS: Readonly<Record<MapService['waitsFor'][number]['condition'], string>> = {
  started: 'démarré',
  healthy: 'sain',
  completed: 'terminé sans erreur',
};

/** « `postgres` sain ». */
export function waitWords({ service, condition }: MapService['waitsFor'][number]): string {
  return `\`${service}\` ${CONDITIONS[condition]}`;
}

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export function memoryWords(bytes: number): string {
  if (bytes >= GIB) return `${(bytes / GIB).toFixed(1).replace('.', ',')} Go`;
  return `${Math.round(bytes / MIB)} Mo`;
}

/** Names as code, in a French list: « `a`, `b` et `c` ». */
export function listWords(names: readonly string[]): string {
  const codes = names.map((name) => `\`${name}\``);
  return codes.length < 2 ? (codes[0] ?? '') : `${codes.slice(0, -1).join(', ')} et ${codes.at(-1)}`;
}
