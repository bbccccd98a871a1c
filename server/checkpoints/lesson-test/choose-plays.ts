import { isLive, type Play } from './list-plays.ts';

export interface Choice {
  /** Only plays whose name contains one of these. */
  readonly only?: readonly string[] | undefined;
  /** A selection for frequent runs: see `isQuick`. */
  readonly quick?: boolean | undefined;
  /** The `index`-th (from 1) of `of` equal shares. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
}

/** The plays of a run. Neighbours take about the same time, so they are dealt to the shares in turn. */
export function choosePlays(plays: readonly Play[], { only, quick, shard }: Choice): Play[] {
  const lively = firstOfEachTask(plays);
  return plays
    .filter((play) => only === undefined || only.some((part) => play.name.includes(part)))
    .filter((play) => !quick || isQuick(play, lively))
    .map((play) => (quick && play.kind === 'end' ? { ...play, trials: false } : play))
    .filter((_play, index) => shard === undefined || index % shard.of === shard.index - 1);
}

/**
 * Every starter and solution, every mistake that needs no engine, and one of the other mistakes for each task.
 * The end of a part is judged without trials: they have already run for its solutions.
 */
function isQuick(play: Play, lively: ReadonlySet<Play>): boolean {
  if (play.kind === 'variant') return false;
  return play.kind !== 'mistake' || !isLive(play) || lively.has(play);
}

function firstOfEachTask(plays: readonly Play[]): Set<Play> {
  const live = plays.filter((play) => play.kind === 'mistake' && isLive(play));
  return new Set(live.filter(({ tasks: [task] }, index) => live.findIndex((other) => other.tasks[0] === task) === index));
}
