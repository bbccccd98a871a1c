import type { ChangeStep, LabChange } from '../../contract/lab.ts';
import { seconds } from '../units.ts';

const STEPS: Record<ChangeStep['id'], string> = {
  archive: 'projet archivé',
  stop: 'labo arrêté',
  empty: 'données du moteur effacées',
  start: 'labo redémarré, avec un moteur neuf',
  project: 'projet mis en place',
};

/** Prints each step of a change once it is done. */
export function sayChanges(say: (line: string) => void): (change: LabChange) => void {
  const said = new Set<string>();
  return ({ steps }) => {
    for (const { id, state, tookMs } of steps) {
      if (state !== 'done' || said.has(id)) continue;
      said.add(id);
      say(`  ✓ ${STEPS[id]}${tookMs === undefined ? '' : ` (${seconds(tookMs)})`}`);
    }
  };
}
