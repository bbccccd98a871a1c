import type { Diagnosis } from '../../contract/verdict.ts';
import type { ToolResult } from '../checkpoints/definitions.ts';
import type { Edit } from '../checkpoints/lesson-test/cases/case-schema.ts';
import type { ComposeService } from '../checkpoints/readers/compose/model.ts';
import type { ContainerFacts, ImageFiles, LabEngine } from '../lab-engine/definitions.ts';

/** The copy of a learner's stack, working, before it is broken. */
export interface StackCopy {
  /** The Compose file, relative to the folder. */
  readonly composeFile: string;
  /** Paths of all files. */
  readonly paths: readonly string[];
  /** A text file of the copy, or null. */
  readonly text: (path: string) => string | null;
  readonly etl: CopiedService;
  readonly database: CopiedService;
}

export interface CopiedService {
  readonly name: string;
  readonly service: ComposeService;
  /** Its program and arguments, as the engine starts them. */
  readonly command: readonly string[];
  /** The image that its container runs. */
  readonly image: string;
}

/** What breaks a copy: changes of files as in a `case.json`, and commands. */
export interface Break {
  readonly edits?: readonly Edit[];
  /** Files that are new, complete. */
  readonly whole?: Readonly<Record<string, { readonly text: string; readonly mode: number }>>;
  /** Commands for a shell, in the copy's folder, after the files are written. */
  readonly commands?: readonly string[];
  /** What the fault must remember for its judgement. */
  readonly memo?: Readonly<Record<string, string>>;
}

/** What the copy did when the server took it down and started it again. */
export interface Seen {
  readonly etl: ContainerFacts | null;
  readonly database: ContainerFacts | null;
  readonly up: ToolResult;
  /** The ETL's log. */
  readonly log: string;
  /** Whether the table has exactly what the source returns. */
  readonly loaded: boolean;
}

/** A played copy, for a fault's own questions. */
export interface Played extends Seen {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly names: { readonly etl: string; readonly database: string };
  readonly composeFile: string;
  readonly memo: Readonly<Record<string, string>>;
  readonly engine: LabEngine;
  readonly images: ImageFiles;
  readonly text: (path: string) => Promise<string | null>;
  /** When a file was last written. Null if there is none. */
  readonly modifiedMs: (path: string) => Promise<number | null>;
}

/** `onceWorking`: said only of a copy that works, because it names the cause, or is true of the broken copy too. */
export type Complaint = Omit<Diagnosis, 'expected'> & { readonly onceWorking?: true };

/** One thing that the workshop breaks. */
export interface Fault {
  readonly id: string;
  /** What the learner is told when the workshop opens: what is seen, never why. */
  readonly symptom: string;
  /** From a first direction to the line to change. */
  readonly hints: readonly string[];
  /** Told once it is mended. */
  readonly cause: string;
  /** Variables of the shell that starts the copy for the judgement. */
  readonly env?: Readonly<Record<string, string>>;
  /** How this copy is broken; null if it offers no place for this fault. */
  readonly break: (copy: StackCopy) => Break | null;
  /** Proves the symptom. */
  readonly shows: (seen: Seen) => boolean;
  /** What of the cause is still there, or was only covered up. */
  readonly remains: (played: Played) => Promise<Complaint | null> | Complaint | null;
  /** For the tests: shell scripts for the copy of the reference solution. Each tempting repair must be refused with its code. */
  readonly repair: string;
  readonly tempting: readonly { readonly name: string; readonly script: string; readonly code: string }[];
}
