import type { Evidence, Where } from '../../../../contract/verdict.ts';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';

/** How much of the end of a log is read. */
export const LOG_BYTES = 64 * 1024;

/** Why a service of the stack is not in the state that `up` should reach. */
export interface ServiceTrouble {
  /** `health-check`: the database's health check is the cause, whichever service does not start. `note`: nothing fails. */
  readonly kind: 'fault' | 'wait' | 'health-check' | 'note';
  readonly code: string;
  readonly observed: string;
  readonly where: Where;
  readonly look: string;
  readonly evidence: readonly Evidence[];
}

/** How a container ended: the first words of a diagnosis. */
export function ended(name: string, { exitCode, restarts, oomKilled }: ContainerFacts, state: 'failed' | 'restarting'): string {
  if (oomKilled) return `le conteneur de \`${name}\` a été tué : la mémoire manquait (code ${exitCode})`;
  if (state === 'restarting') return `le conteneur de \`${name}\` redémarre sans fin (${restarts} fois, code ${exitCode})`;
  return `le conteneur de \`${name}\` s’est arrêté avec le code ${exitCode}`;
}
