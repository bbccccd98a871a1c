import type { ExecStart } from '../../contract/agent.ts';

export interface EngineImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly createdMs: number;
}

export interface HealthSetting {
  /** In the engine's form: `CMD …`, `CMD-SHELL text`, `NONE`. */
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
  /** Digest of everything below a path, without times and without the entries whose names match `ignored`. Null if it is absent or very large. */
  digest(image: string, path: string, ignored: RegExp): Promise<string | null>;
  /** The digests of the image's layers, the lowest first. */
  layers(image: string): Promise<readonly string[]>;
}

/** A container as the engine describes it. Times are milliseconds since 1970, or 0 for never. */
export interface ContainerFacts {
  readonly id: string;
  /** Without its leading slash. */
  readonly name: string;
  /** The id of its image, and the name with which the image was requested. */
  readonly image: string;
  readonly imageName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  /** The engine's reason if it could not start the container; otherwise empty. */
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

/** A network of the engine. */
export interface NetworkFacts {
  readonly name: string;
  readonly driver: string;
  /** Without a way out, and without published ports. */
  readonly internal: boolean;
  /** Its address ranges, `172.28.0.0/16`. */
  readonly subnets: readonly string[];
}

export interface ContainerMount {
  readonly kind: 'bind' | 'volume' | 'tmpfs' | 'other';
  /** For a bind, a folder of the lab; for a volume, its name. */
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

/** The Docker Engine inside a lab, or the learner's own. Every call has a time limit and throws `LabUnavailable` if the engine does not answer. */
export interface LabEngine {
  /** The same engine, with calls that the signal aborts: they throw `LabUnavailable`. What was created for a look is removed anyway. */
  within(signal: AbortSignal): LabEngine;
  images(): Promise<readonly EngineImage[]>;
  /** By id or name; null when there is none. */
  image(reference: string): Promise<ImageFacts | null>;
  /** Opens images for reading. `close` removes everything that this needed. */
  openImages(): ImageFiles & { close(): Promise<void> };
  /** Every container, running or stopped, newest first. Those of trials and looks are left out. */
  containers(): Promise<readonly ContainerFacts[]>;
  /** One container by id or name, even a trial's. Null if there is none. */
  container(reference: string): Promise<ContainerFacts | null>;
  /** Every network, without those of trials. */
  networks(): Promise<readonly NetworkFacts[]>;
  /** The end of a container's logs, both outputs in order, without control sequences. */
  logs(container: string, options: { maxBytes: number; sinceMs?: number }): Promise<string>;
  /** Runs a command that only reads in a running container, like `docker exec`. Null if there is no such container or it does not run. */
  execIn(container: string, run: ContainerRun): Promise<TrialRunResult | null>;
  /** Runs a command as the image's user in a new container without a network, then removes the container. It carries the label for `removeTrial`. */
  tryInside(trial: string, run: TrialRun): Promise<TrialRunResult>;
  /** Removes every container, network, volume and image name that a trial left. */
  removeTrial(trial: string): Promise<void>;
  /** Removes every container that a look left. */
  removeLooks(): Promise<void>;
  /** Reports events until `signal`, or until the engine goes away. Events of trials and looks are left out. */
  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<void>;
}

/** A port that a container of the lab publishes or wants to publish, according to the lab's engine. */
export interface PublishedPort {
  readonly container: string;
  readonly service: string | undefined;
  readonly published: number;
  readonly inside: number;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  readonly startedMs: number;
  /** The id of its first process, as seen in the lab. 0 if it does not run. */
  readonly pid: number;
}

/** A socket that listens in a container. */
export interface ListeningSocket {
  readonly port: number;
  /** Only on the container's own loopback, so that it cannot be reached from outside. */
  readonly loopback: boolean;
}

/** Runs a command in the lab, on the engine's machine. Outputs are cut at `maxBytes`. */
export interface LabShell {
  exec(start: ExecStart, options: { maxBytes: number }): Promise<{ readonly code: number; readonly stdout: string }>;
}

/** The ports that a lab's containers publish, and what listens in the containers. */
export interface LabPorts {
  /** The published TCP ports, one container for each. */
  published(): Promise<PublishedPort[]>;
  /** The listening sockets of the containers whose first processes have these ids. Null if the lab did not reply. */
  listening(pids: readonly number[]): Promise<ReadonlyMap<number, ListeningSocket[]> | null>;
}

/** A TCP connection of a container, as its kernel's table has it. */
export interface Connection {
  readonly localPort: number;
  /** The other side. IPv4 only: the course's networks have no other addresses. */
  readonly address: string;
  readonly port: number;
  /** False: it was closed within the last minute. */
  readonly open: boolean;
}

/** What a container has used so far: processor time, of all the time of the machine, and memory now. */
export interface Usage {
  readonly cpuNs: number;
  readonly systemNs: number;
  readonly cpus: number;
  readonly memoryBytes: number;
}

/** What runs in a lab, as the map draws it. Every call only reads, has a time limit, and throws `LabUnavailable` if the engine does not answer. */
export interface LabStack {
  /** As `LabEngine` lists them. */
  containers(): Promise<readonly ContainerFacts[]>;
  /** As `LabEngine` lists them. */
  networks(): Promise<readonly NetworkFacts[]>;
  /** The names of all volumes. */
  volumes(): Promise<readonly string[]>;
  /** The id of a container's first process, as seen in the lab. 0 if it does not run. */
  pid(container: string): Promise<number>;
  /** As `LabPorts` lists them. */
  listening(pids: readonly number[]): Promise<ReadonlyMap<number, ListeningSocket[]> | null>;
  /** The connections of the containers whose first processes have these ids. Null if the lab did not reply. */
  connections(pids: readonly number[]): Promise<ReadonlyMap<number, Connection[]> | null>;
  /** One sample. Null if the container does not run. */
  usage(container: string): Promise<Usage | null>;
}
