import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { Address, Outcome } from '../../network/definitions.ts';
import { waysTo } from './ways.ts';

/** Asks a container that no service of the stack stands for, at each of its addresses until one can be reached. */
export async function askContainer<T>(
  container: ContainerFacts,
  port: number,
  ask: (at: Address) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  let outcome: Outcome<T> = { failure: { kind: 'unreachable', said: 'son conteneur n’est sur aucun réseau' } };
  for (const { at } of waysTo(container, { service: container.name, port })) {
    outcome = await ask(at);
    if ('answer' in outcome || outcome.failure.kind !== 'unreachable') break;
  }
  return outcome;
}
