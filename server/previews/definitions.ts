import type { Preview } from '../../contract/workspace.ts';

export type Problem = NonNullable<Preview['problem']>;

/** A port that a container of the lab publishes, as reported by the lab's engine. */
export interface PublishedPort {
  readonly container: string;
  readonly service: string | undefined;
  readonly published: number;
  readonly inside: number;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  readonly startedMs: number;
  /** The id of its first process, in the lab; 0 if it is not running. */
  readonly pid: number;
}

/** A socket that listens in a container. */
export interface ListeningSocket {
  readonly port: number;
  /** Listens only on the container's own loopback, so it cannot be reached from outside. */
  readonly loopback: boolean;
}
