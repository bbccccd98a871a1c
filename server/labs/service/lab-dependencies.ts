import type { Readable } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import type { Isolation } from '../../../contract/lab.ts';
import type { LabRecord, LabStore } from '../../state/lab-store.ts';
import type { LabAgent } from '../agents/definitions.ts';
import type { LabEndpoint, LabSpec } from '../driver/definitions.ts';
import type { Archives } from './archives.ts';
import type { LabHost } from './lab-host.ts';

/** What the labs of this instance share. */
export interface LabDependencies {
  readonly host: () => Promise<LabHost>;
  readonly store: LabStore;
  /** Prepares first what is missing, however long that takes. */
  readonly spec: (record: LabRecord, host: LabHost) => Promise<LabSpec>;
  /** Names what a lab made now is made from: another name means that a warm lab is out of date. Prepares first what is missing. */
  readonly madeFrom: (host: LabHost) => Promise<string>;
  /** Once the course's images, which are made behind the first lab, are there or have failed. */
  readonly supplied: () => Promise<void>;
  /** What the spec was made from may be gone. */
  readonly onStartFailed: () => void;
  readonly connect: (endpoint: LabEndpoint, token: string) => LabAgent;
  /** The project in the state before a task, as a tar; null: the starter. */
  readonly projectBefore: (task: string | null) => Promise<Readable>;
  readonly isolation: Isolation;
  /** What the volumes of one lab may hold. */
  readonly diskLimitBytes: number;
  readonly archives: Archives;
  readonly log: FastifyBaseLogger;
}
