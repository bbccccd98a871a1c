import type { Preview } from '../../contract/workspace.ts';

export type Problem = NonNullable<Preview['problem']>;

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
