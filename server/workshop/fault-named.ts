import { EscaleError } from '../errors/escale-error.ts';
import type { Fault } from './definitions.ts';
import { FAULTS } from './faults/index.ts';

/** Throws `workshop.unknown-fault` if there is none of that id. */
export function faultNamed(id: string): Fault {
  const fault = FAULTS.find((one) => one.id === id);
  if (fault !== undefined) return fault;
  throw new EscaleError('usage', 'workshop.unknown-fault', {
    message: `L’atelier ne connaît pas la panne « ${id} ».`,
    hint: `Les pannes sont : ${FAULTS.map((one) => one.id).join(', ')}.`,
  });
}
