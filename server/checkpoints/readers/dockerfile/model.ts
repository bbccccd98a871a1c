/** One instruction as it was written: its lines count from 1, its text is joined over continuations, without comments and flags. */
export interface Instruction {
  readonly keyword: string;
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  readonly flags: ReadonlyMap<string, string>;
  /** The strings of the exec form, or null in the shell form. */
  readonly json: readonly string[] | null;
  readonly heredoc: boolean;
}

export interface Stage {
  /** As written after FROM, global ARGs put in. */
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

/** What the final image is made by: the last stage, and before it the stages it continues. */
export interface FinalImage {
  /** The image outside of the file that all begins with. */
  readonly base: string;
  readonly baseLine: number;
  readonly instructions: readonly Instruction[];
}
