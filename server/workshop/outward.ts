import type { ComposeModel, ComposeService } from '../checkpoints/readers/compose/model.ts';
import { WORKSHOP } from '../lab-engine/workshop-project.ts';
import { PORT_SHIFT } from './workshop-names.ts';

const HOME = `/home/dataeng/${WORKSHOP}`;
/** Folders of the machine that a copy may read. */
const READABLE = /^\/(etc|usr\/share)\//;

/** What of a copy's model would reach beyond the copy, in French. Null if nothing does. */
export function outwardOf({ name, services, volumes, networks }: ComposeModel): string | null {
  if (name !== WORKSHOP) return 'son nom ne peut pas être changé';
  for (const [service, model] of Object.entries(services)) {
    const found = ofService(model);
    if (found !== null) return `le service \`${service}\` ${found}`;
  }
  for (const [key, one] of [...Object.entries(volumes), ...Object.entries(networks)]) {
    if (one.external || (one.name !== '' && !one.name.startsWith(`${WORKSHOP}_`))) return `\`${key}\` est partagé avec d’autres projets`;
  }
  return null;
}

function ofService({ container_name, network_mode, build, image, ports, volumes }: ComposeService): string | null {
  if (container_name !== undefined) return 'fixe le nom de son conteneur';
  if (network_mode !== undefined && !network_mode.startsWith('service:')) return 'est sur le réseau de l’hôte ou d’un autre conteneur';
  if (build !== undefined && image !== undefined) return 'donne son nom à l’image qu’il construit';
  if (ports.some(({ published }) => published !== '' && Number(published) < PORT_SHIFT))
    return 'publie un port que la copie ne peut pas changer';
  const outside = volumes.find(
    ({ type, source, read_only }) => type === 'bind' && !isInside(source) && !(read_only && READABLE.test(source)),
  );
  return outside === undefined ? null : `monte \`${outside.source}\`, hors du projet`;
}

function isInside(source: string): boolean {
  return source === HOME || source.startsWith(`${HOME}/`);
}
