import type Docker from 'dockerode';
import type { Isolation } from '../../contract/lab.ts';
import type { PreparedImage } from '../images/definitions.ts';
import type { DoctorItem } from './definitions.ts';

/** The environment that the probes check. */
export interface DoctorWorld {
  /** The engine, or null if none answers. */
  readonly engine: { readonly docker: Docker; readonly address: string } | null;
  /** The addresses that were tried for an engine. */
  readonly addresses: readonly string[];
  readonly stateDir: string;
  readonly port: number;
  /** The port of this state folder's running server, if any. */
  readonly servedPort: number | null;
  readonly isolation: Isolation;
  /** The reference of the lab image; null if it does not exist yet. */
  readonly labImage: () => Promise<string | null>;
  /** The course's images that labs can pull. */
  readonly courseImages: () => Promise<readonly PreparedImage[]>;
  /** The memory limit of one lab, in bytes. */
  readonly labMemoryBytes: (host: { memoryBytes: number; cpus: number }) => number;
  /** The package servers used here: a name for people and a URL; null if this machine's settings have none. */
  readonly packageSources: readonly PackageSource[];
  readonly proxy: Readonly<Record<string, string>>;
  /** The number of this host's own certificate authorities that labs and builds get. */
  readonly extraAuthorities: number;
}

export interface PackageSource {
  readonly name: string;
  readonly url: string | null;
}

/** Checks one thing. Never throws: a check that cannot be made is `unknown`. */
export type DoctorProbe = (world: DoctorWorld) => Promise<readonly DoctorItem[]>;
