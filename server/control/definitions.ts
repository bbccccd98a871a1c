import type { LabControl } from '../labs/service/definitions.ts';
import type { Workshops } from '../workshop/workshop-service.ts';

/** What the command line uses: the running server, or the same services in this process with the state folder locked. */
export interface Control {
  readonly via: 'server' | 'local';
  readonly labs: LabControl;
  readonly workshops: Workshops;
  /** Releases the lock; labs keep running. */
  close(): Promise<void>;
}
