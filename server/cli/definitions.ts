import type { Readable, Writable } from 'node:stream';
import type { Control } from '../control/definitions.ts';
import type { Environment } from '../environment.ts';
import type { Learner } from '../learner.ts';

/** The command line's inputs and outputs. */
export interface CliIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly cwd: string;
}

/**
 * The result of a verb: the exit status, a document for programs, and the same as text for people. Without `document`, the verb has written
 * its output itself.
 */
export interface Outcome {
  readonly exit: number;
  readonly document?: unknown;
  readonly text?: string;
}

/** What a verb can use. */
export interface VerbContext {
  readonly io: CliIo;
  readonly environment: Environment;
  /** Who works with this command line. */
  readonly learner: Learner;
  /** Absolute path of the state folder. */
  readonly stateDir: string;
  /** Whether the state folder was set by option or environment, and is not the default. */
  readonly stateNamed: boolean;
  readonly json: boolean;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Prints one line for people, on standard error. */
  say(line: string): void;
  /** The state folder's server, or its services in this process. Closed by the command line when the verb ends. */
  control(): Promise<Control>;
}

/** One verb of the command line. */
export interface Verb {
  /** As typed: `lab start`. */
  readonly name: string;
  /** The arguments after the name: `<lab> [--root] -- <commande…>`. */
  readonly usage: string;
  /** In French, one line. */
  readonly summary: string;
  /** Exit status for Escale's own failures, if all others belong to the command that the verb runs. */
  readonly failureExit?: number;
  run(args: readonly string[], context: VerbContext): Promise<Outcome>;
}
