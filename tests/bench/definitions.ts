import type { BenchStage, Need } from './stage/bench-stage.ts';

export type Unit = 'ms' | 's' | 'kB' | 'MB' | 'MB/s' | 'of 100' | 'times';
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** One number; `null` with a `reason` for what could not be had. */
export interface Figure {
  readonly name: string;
  readonly value: number | null;
  readonly unit: Unit;
  readonly target?: Target | undefined;
  readonly reason?: string;
}

export interface Run {
  readonly stage: BenchStage;
  /** Tells on standard error how far it is. */
  readonly say: (line: string) => void;
  /** How often or how much, less of it in a quick run. */
  readonly size: (full: number) => number;
}

/** One thing that is measured. */
export interface Metric {
  readonly name: string;
  /** What the figures mean, in one line. */
  readonly what: string;
  /** Made before the clock of `withinMs` runs. */
  readonly needs: readonly Need[];
  /** A slow machine's time, not a quiet one's: what takes longer hangs. */
  readonly withinMs: number;
  measure(run: Run): Promise<readonly Figure[]>;
}
