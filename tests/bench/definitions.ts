import type { BenchStage } from './stage/bench-stage.ts';

/** Numbers and what is said of them; `null` with a `reason` beside it for what could not be had. */
export type Figures = { readonly [name: string]: number | string | boolean | null | Figures };

/** One thing that is measured. */
export interface Metric {
  readonly name: string;
  /** What the figures mean, in one line. */
  readonly what: string;
  /** `say` tells on standard error how far it is. */
  measure(stage: BenchStage, say: (line: string) => void): Promise<Figures>;
}
