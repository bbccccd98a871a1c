/** One instruction as written. Lines count from 1. The text has its continuation lines joined, without comments and flags. */
export interface Instruction {
  readonly keyword: string;
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  readonly flags: ReadonlyMap<string, string>;
  /** The strings of the exec form, or null in the shell form. */
  readonly json: readonly string[] | null;
  readonly heredoc: boolean;
  /** The file that it stands in. */
  readonly file: string;
}

export interface Stage {
  /** The text after FROM, with global ARGs replaced. */
  readonly base: string;
  readonly name: string | null;
  readonly from: Instruction;
  readonly instructions: readonly Instruction[];
}

export interface DockerfileFault {
  readonly line: number;
  readonly code: string;
  /** French: what is wrong, and what it should be. */
  readonly what: string;
}

export interface DockerfileModel {
  readonly stages: readonly Stage[];
  readonly faults: readonly DockerfileFault[];
}

/** What makes the final image: the last stage, and the stages that it is built on. */
export interface FinalImage {
  /** The external image at the start of the chain. */
  readonly base: string;
  readonly baseLine: number;
  readonly instructions: readonly Instruction[];
}
