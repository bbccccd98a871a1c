import type { Where } from '../../../../contract/verdict.ts';

/** What is wrong with a network. The texts are French. */
export interface NetworkFault {
  readonly code: string;
  readonly observed: string;
  readonly where: Where;
  readonly look: string;
}
