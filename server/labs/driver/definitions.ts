import type { Isolation, LabState, LabStep } from '../../../contract/lab.ts';
import type { ServedImage } from '../../images/definitions.ts';

/** What a lab is made from. Sizes in bytes. */
export interface LabSpec {
  readonly id: string;
  /** Reference of the lab image, on the host's engine. */
  readonly image: string;
  readonly isolation: Isolation;
  readonly memoryBytes: number;
  readonly cpus: number;
  readonly pids: number;
  readonly openFiles: number;
  /** Bearer token of its agent. */
  readonly agentToken: string;
  /** Bearer token of the switches of its data source; never inside the lab. */
  readonly sourceToken: string;
  /** Address of the registry's container, `name:port` on the engine, or null: no registry. */
  readonly registry: string | null;
  /** False where the public registry cannot be reached: its names do not exist for the lab, so that a missing image is told at once. */
  readonly publicRegistry?: boolean;
  /** Private addresses or CIDRs the lab may reach all the same (a proxy, a mirror). */
  readonly allow: readonly string[];
  /** Variables for the lab: HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  readonly env: Readonly<Record<string, string>>;
  /** The host's CA certificates in PEM that labs and builds must trust, or null. */
  readonly extraCa: string | null;
  /** The engine store (a volume) that a new lab's engine begins with; null: none, images come from the registry. */
  readonly engineStore?: string | null;
  /** Free space on the engine's disk below which the lab does not start; default 2 GiB. */
  readonly freeFloorBytes?: number;
}

/** Where the server reaches a lab. Which way leads there is the driver's own: a published port, or the network of a cluster. */
export interface LabEndpoint {
  readonly container: string;
  readonly agentUrl: string;
  readonly sourceControlUrl: string;
}

/** What the driver sees of a lab: never more than its own engine tells. */
export interface LabInspection {
  readonly id: string;
  readonly state: Extract<LabState, 'starting' | 'ready' | 'stopped' | 'failed'>;
  readonly endpoint: LabEndpoint | null;
  readonly isolation: Isolation;
}

/**
 * Makes and unmakes labs. Every verb is idempotent, bounded in time, and stops at `signal`; a failed `start` leaves no
 * container and no network behind, and keeps the volumes. Only objects labelled with the driver's own instance are ever seen or touched.
 */
export interface LabDriver {
  /** Creates what is missing and starts it; returns once the agent answers, while the lab's engine may still start. Reports each step. */
  start(spec: LabSpec, onStep: (step: LabStep) => void, signal: AbortSignal): Promise<LabEndpoint>;
  /** Keeps the volumes and the container. */
  stop(id: string, signal: AbortSignal): Promise<void>;
  /** Takes container, network and volumes. */
  remove(id: string, signal: AbortSignal): Promise<void>;
  /** Takes the data of a stopped lab's engine: images, containers, volumes. The next start makes them anew; the home stays. */
  removeEngine(id: string, signal: AbortSignal): Promise<void>;
  inspect(id: string): Promise<LabInspection | null>;
  list(): Promise<LabInspection[]>;
  /** Bytes used now. */
  usage(id: string): Promise<{ memoryBytes: number; memoryLimitBytes: number; diskBytes: number }>;
}

/**
 * Engine stores: the course's images, prepared once in the form of an engine's data and mounted read-only into every lab, so that they are
 * there when its engine first starts.
 */
export interface EngineStores {
  /** The store that is complete for these images and labs of this kind; null where there is none. */
  find(images: readonly ServedImage[], spec: Pick<LabSpec, 'image' | 'isolation'>): Promise<string | null>;
  /** The same; fills it first if it is missing, which takes as long as pulling the images. Null where labs cannot share one. */
  prepare(images: readonly ServedImage[], spec: LabSpec, progress: (line: string) => void, signal: AbortSignal): Promise<string | null>;
  /** Removes what no lab was made from, if it is old; returns the names. `keep`: the one in use. */
  sweep(keep: string | null): Promise<string[]>;
}
