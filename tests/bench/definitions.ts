import type { BenchStage, Need } from './stage/bench-stage.ts';

export type Unit = 'ms' | 's' | 'kB' | 'MB' | 'MiB' | 'MB/s' | 'labs' | 'of 100' | 'times';
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** One number, or `null` with a `reason` if it could not be measured. */
export interface Figure {
  readonly name: string;
  readonly value: number | null;
  readonly unit: Unit;
  readonly target?: Target | undefined;
  readonly reason?: string;
}

export interface Run {
  readonly stage: BenchStage;
  /** Reports progress on standard error. */
  readonly say: (line: string) => void;
  /** Number of repetitions or amount of data; smaller in a quick run. */
  readonly size: (full: number) => number;
}

/** One measurement. */
export interface Metric {
  readonly name: string;
  /** The meaning of the figures, in one line. */
  readonly what: string;
  /** Prepared before the time limit `withinMs` begins. */
  readonly needs: readonly Need[];
  /** Time limit, chosen for a slow machine: a metric that takes longer hangs. */
  readonly withinMs: number;
  measure(run: Run): Promise<readonly Figure[]>;
}
