import type { ExecStart } from '../../contract/agent.ts';

export interface EngineImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly createdMs: number;
}

export interface HealthSetting {
  /** As the engine keeps it: `CMD …`, `CMD-SHELL text`, `NONE`. */
  readonly test: readonly string[];
}

/** An image's configuration and history. */
export interface ImageFacts extends EngineImage {
  readonly sizeBytes: number;
  readonly user: string;
  readonly workdir: string;
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly shell: readonly string[];
  readonly health: HealthSetting | null;
  /** Oldest first. */
  readonly history: readonly { readonly createdBy: string; readonly sizeBytes: number }[];
}

export interface PathStat {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly mode: number;
  readonly size: number;
  /** Where a link leads, absolute. */
  readonly target: string | null;
}

/** Reads inside an image without running anything of it. */
export interface ImageFiles {
  stat(image: string, path: string): Promise<PathStat | null>;
  text(image: string, path: string): Promise<string | null>;
  /** The first regular file below a folder, or null when there is none. */
  firstFile(image: string, folder: string): Promise<string | null>;
}

/** A container as the engine tells it. Times in milliseconds since 1970, 0 for never. */
export interface ContainerFacts {
  readonly id: string;
  /** Without its leading slash. */
  readonly name: string;
  /** The id of its image, and the name it was asked for by. */
  readonly image: string;
  readonly imageName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  /** Why the engine could not start it; empty otherwise. */
  readonly error: string;
  readonly oomKilled: boolean;
  readonly restarts: number;
  readonly createdMs: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  readonly health: { readonly status: 'starting' | 'healthy' | 'unhealthy'; readonly lastOutput: string } | null;
  readonly user: string;
  readonly env: readonly string[];
  readonly mounts: readonly ContainerMount[];
  /** The program and its arguments, as the engine starts it. */
  readonly command: readonly string[];
  readonly networks: readonly string[];
  /** Its IP address in each network where it has one. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Ports that answer on the lab: `container` inside, `host` outside. */
  readonly ports: readonly { readonly container: number; readonly host: number; readonly address: string }[];
}

export interface ContainerMount {
  readonly kind: 'bind' | 'volume' | 'tmpfs' | 'other';
  /** A folder of the lab for a bind, a volume's name for a volume. */
  readonly source: string;
  readonly target: string;
  readonly writable: boolean;
}

export interface TrialRun {
  readonly image: string;
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

export interface ContainerRun {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  readonly env?: readonly string[];
  readonly user?: string;
  readonly maxBytes?: number;
}

export interface TrialRunResult {
  readonly code: number;
  readonly timedOut: boolean;
  readonly output: string;
}

export interface EngineEvent {
  readonly type: string;
  readonly action: string;
}

/** The Docker Engine that is judged. Every call is bounded in time and throws `LabUnavailable` when the engine does not answer. */
export interface LabEngine {
  /** The same engine, whose calls end with the signal, as `LabUnavailable`. What was made for a look is removed all the same. */
  within(signal: AbortSignal): LabEngine;
  images(): Promise<readonly EngineImage[]>;
  /** By id or name; null when there is none. */
  image(reference: string): Promise<ImageFacts | null>;
  /** Opens images for reading; `close` takes away all that it needed. */
  openImages(): ImageFiles & { close(): Promise<void> };
  /** Every container, stopped ones too, newest first; those of trials and looks are left out. */
  containers(): Promise<readonly ContainerFacts[]>;
  /** One container by its id or name, a trial's too; null when there is none. */
  container(reference: string): Promise<ContainerFacts | null>;
  /** The end of a container's logs, both outputs in their order, without control sequences. */
  logs(container: string, options: { maxBytes: number; sinceMs?: number }): Promise<string>;
  /** Runs a command that only reads in a running container, as `docker exec` would; null where the container is not there or does not run. */
  execIn(container: string, run: ContainerRun): Promise<TrialRunResult | null>;
  /** Runs a command in a container that waits, without network, as the image's user, and removes it. Labelled for `removeTrial`. */
  tryInside(trial: string, run: TrialRun): Promise<TrialRunResult>;
  /** Removes every container, network, volume and image name that a trial left. */
  removeTrial(trial: string): Promise<void>;
  /** Removes every container that a look left. */
  removeLooks(): Promise<void>;
  /** Until `signal`; ends when the engine goes away. What trials and looks do is left out. */
  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<void>;
}

/** A port that a container of the lab asks to be published, as the lab's engine tells it. */
export interface PublishedPort {
  readonly container: string;
  readonly service: string | undefined;
  readonly published: number;
  readonly inside: number;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  readonly startedMs: number;
  /** Of its first process, in the lab; 0 where it does not run. */
  readonly pid: number;
}

/** A socket that listens in a container. */
export interface ListeningSocket {
  readonly port: number;
  /** On the container's own loopback only: nothing reaches it from outside. */
  readonly loopback: boolean;
}

/** Runs a command in the lab, beside its engine; outputs are cut at `maxBytes`. */
export interface LabShell {
  exec(start: ExecStart, options: { maxBytes: number }): Promise<{ readonly code: number; readonly stdout: string }>;
}

/** What a lab's containers publish, and what listens in them. */
export interface LabPorts {
  /** The published TCP ports, one container for each. */
  published(): Promise<PublishedPort[]>;
  /** What listens in the containers whose first processes have these ids; null where the lab could not be asked. */
  listening(pids: readonly number[]): Promise<ReadonlyMap<number, ListeningSocket[]> | null>;
}
