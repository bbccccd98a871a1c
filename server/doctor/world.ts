import type Docker from 'dockerode';
import type { Isolation } from '../../contract/lab.ts';
import type { PreparedImage } from '../images/definitions.ts';
import type { DoctorItem } from './definitions.ts';

/** What the doctor's probes read of this machine. */
export interface DoctorWorld {
  /** The engine that answers, or null. */
  readonly engine: { readonly docker: Docker; readonly address: string } | null;
  /** Where an engine was looked for. */
  readonly addresses: readonly string[];
  readonly stateDir: string;
  readonly port: number;
  /** The port of this state folder's server, when it runs. */
  readonly servedPort: number | null;
  readonly isolation: Isolation;
  /** Reference of the lab image, null when it is not there yet. */
  readonly labImage: () => Promise<string | null>;
  /** The course's images that labs find. */
  readonly courseImages: () => Promise<readonly PreparedImage[]>;
  /** Bytes of memory one lab may use. */
  readonly labMemoryBytes: (host: { memoryBytes: number; cpus: number }) => number;
  /** Where packages come from here: a name for people and an address to ask, null where this machine's settings name none. */
  readonly packageSources: readonly PackageSource[];
  readonly proxy: Readonly<Record<string, string>>;
  /** How many certificate authorities of this host's own labs and builds get. */
  readonly extraAuthorities: number;
}

export interface PackageSource {
  readonly name: string;
  readonly url: string | null;
}

/** Looks at one thing. It never throws: what cannot be looked at is `unknown`. */
export type DoctorProbe = (world: DoctorWorld) => Promise<readonly DoctorItem[]>;
