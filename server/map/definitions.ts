import type { StackMap } from '../../contract/stack-map.ts';
import type { ComposeProject, ComposeReading } from '../checkpoints/readers/compose/read-compose.ts';
import type { Connection, ContainerFacts, ListeningSocket, NetworkFacts } from '../lab-engine/definitions.ts';

/** The project, as its files declare it. */
export type Declared =
  | Exclude<ComposeReading, ComposeProject>
  | {
      readonly state: 'readable';
      readonly project: Pick<ComposeProject, 'files' | 'model'>;
      readonly folder: string;
      /** Further names of services on their networks, by service. */
      readonly aliases: Readonly<Record<string, readonly string[]>>;
    };

/** Processor and memory of a container, since the sample before. */
export interface Load {
  readonly cpuPercent: number | null;
  readonly memoryBytes: number;
}

/** What the engine and the kernel say at one moment. */
export interface Actual {
  readonly containers: readonly ContainerFacts[];
  readonly networks: readonly NetworkFacts[];
  readonly volumes: readonly string[];
  /** By container id. Null: not known. */
  readonly listening: ReadonlyMap<string, readonly ListeningSocket[]> | null;
  readonly connections: ReadonlyMap<string, readonly Connection[]>;
  readonly loads: ReadonlyMap<string, Load>;
  /** Ids of the containers that were created from other settings than the files have now. */
  readonly outdated: ReadonlySet<string>;
  readonly nowMs: number;
}

/** Sends the map to one page. */
export type TellMap = (map: StackMap) => void;
