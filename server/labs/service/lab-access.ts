import type { LabEndpoint } from '../driver/definitions.ts';

/** Where a ready lab is reached, and by which secrets. */
export interface LabAccess {
  readonly endpoint: LabEndpoint;
  readonly agentToken: string;
  readonly sourceToken: string;
}
