import type { Preview } from '../../../contract/workspace.ts';
import type { Shape } from '../dom.ts';

/** « 3 ports, dont 1 sans réponse ». */
export function portsText(previews: readonly Preview[]): string {
  const silent = previews.filter(({ state }) => state === 'silent').length;
  const count = previews.length === 1 ? '1 port' : `${previews.length} ports`;
  if (silent === 0) return count;
  return previews.length === 1 ? `${count} sans réponse` : `${count}, dont ${silent} sans réponse`;
}

const STATES: Readonly<Record<Preview['state'], [Shape, string]>> = {
  answers: ['met', 'répond'],
  starting: ['waiting', 'démarre'],
  silent: ['unmet', 'ne répond pas'],
};

export function stateOf({ state }: Preview): [Shape, string] {
  return STATES[state];
}

/** The text for a port that was opened under another number on this machine; undefined when the number is the same. */
export function movedText({ address, published }: Preview): string | undefined {
  if (address === null || address.endsWith(`:${published}`)) return undefined;
  return published < 1024
    ? `Le port ${published} demande des droits qu’Escale ne prend pas : ici, \`${address}\`.`
    : `Le port ${published} est déjà pris sur cette machine : ici, \`${address}\`.`;
}
