import type { LabControl } from '../labs/service/definitions.ts';

/** What the command line works with: the running server, or the same services in this process under the lock of the state folder. */
export interface Control {
  readonly via: 'server' | 'local';
  readonly labs: LabControl;
  /** Lets go of the lock; labs go on running. */
  close(): Promise<void>;
}
