import type { Readable, Writable } from 'node:stream';
import type { Control } from '../control/definitions.ts';
import type { Environment } from '../environment.ts';
import type { Learner } from '../learner.ts';

/** What the command line has of the world. */
export interface CliIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly cwd: string;
}

/** What a verb gives: an exit status, one document for programs, the same as text for people. No `document`: the verb wrote its own output. */
export interface Outcome {
  readonly exit: number;
  readonly document?: unknown;
  readonly text?: string;
}

/** What a verb works with. */
export interface VerbContext {
  readonly io: CliIo;
  readonly environment: Environment;
  /** Who works with this command line. */
  readonly learner: Learner;
  /** Absolute path of the state folder. */
  readonly stateDir: string;
  /** The state folder was named by option or environment, and is not just the default. */
  readonly stateNamed: boolean;
  readonly json: boolean;
  /** Ends when the user interrupts. */
  readonly signal: AbortSignal;
  /** One line for people, on standard error. */
  say(line: string): void;
  /** The server of the state folder or its services here; closed by the command line when the verb ends. */
  control(): Promise<Control>;
}

/** One verb of the command line. */
export interface Verb {
  /** `lab start`, as it is typed. */
  readonly name: string;
  /** What follows the name: `<lab> [--root] -- <commande…>`. */
  readonly usage: string;
  /** French, one line. */
  readonly summary: string;
  /** Exit status for every failure of ours, where the command's own statuses need all others. */
  readonly failureExit?: number;
  run(args: readonly string[], context: VerbContext): Promise<Outcome>;
}
