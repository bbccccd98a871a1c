import type { DrawnMap, MapService } from '../../../contract/stack-map.ts';
import type { Plan } from './layout.ts';
import { stackOwner } from './reach-steps.ts';

/** Widths of a service, and of the map from which on services stand in columns. */
const WIDTH = 184;
const NARROW_WIDTH = 150;
export const NARROW = 560;
const PAD = 18;
const LINE = 18;
const TITLE = 20;

/** The networks that a service declares, as one zone: services of a zone are on the same ones. */
export function zoneOf(map: DrawnMap, service: MapService): string {
  const owner = stackOwner(map, service);
  if (owner.mode === 'host') return 'réseau de l’hôte';
  if (owner.mode === 'none') return 'aucun réseau';
  if (owner.mode !== '') return owner.mode;
  return [...owner.networks].sort().join(' + ') || 'aucun réseau';
}

/** Everything that decides where services stand: what is declared, never what happens. */
export function planOf(map: DrawnMap, width: number): Plan {
  const narrow = width < NARROW;
  return {
    nodes: map.services.map((service) => ({ name: service.name, zone: zoneOf(map, service), height: heightOf(service) })),
    order: map.services.flatMap(({ name, waitsFor }) => waitsFor.map(({ service }) => ({ before: service, after: name }))),
    width: narrow ? NARROW_WIDTH : WIDTH,
    narrow,
  };
}

/** Name, state and load, then a line for ports and one for volumes. */
function heightOf({ ports, volumes }: MapService): number {
  return PAD + TITLE + LINE * (2 + (ports.length > 0 ? 1 : 0) + (volumes.length > 0 ? 1 : 0));
}
